package io.hedgerow.evaluate.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A picture of a {@link CocoDataset}, with the outlines found so far. */
final class CocoSample implements Sample {
    private final CocoFile.Picture picture;
    private final List<Path> folders;
    private final List<AnnotatedObject> objects = new ArrayList<>();

    CocoSample(CocoFile.Picture picture, List<Path> folders) {
        this.picture = picture;
        this.folders = folders;
    }

    long id() {
        return picture.id();
    }

    void add(AnnotatedObject object) {
        objects.add(object);
    }

    @Override
    public String name() {
        return picture.file();
    }

    @Override
    public byte[] picture() throws BadDataException {
        return PictureFiles.read(PictureFiles.named(picture.file(), folders));
    }

    @Override
    public Annotations annotations() {
        return Annotations.of(objects, picture.width(), picture.height());
    }
}
