package io.hedgerow.cli.stream;

import io.hedgerow.Alert;
import io.hedgerow.Example;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small pictures that come with an alert, as files. */
final class AlertPictures {
    private AlertPictures() {}

    /**
     * Writes them as NAME-1.jpg and so on.
     *
     * @return the files; none for examples without pictures
     */
    static List<Path> write(Alert alert, Path folder, String name) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Example example : alert.getExamples()) {
            ByteBuffer thumbnail = example.getThumbnail();
            if (thumbnail != null) {
                byte[] file = new byte[thumbnail.remaining()];
                thumbnail.duplicate().get(file);
                Files.createDirectories(folder);
                files.add(Files.write(folder.resolve(name + "-" + (files.size() + 1) + ".jpg"), file));
            }
        }
        return files;
    }
}
