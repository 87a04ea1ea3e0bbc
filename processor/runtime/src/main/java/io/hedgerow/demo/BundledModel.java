package io.hedgerow.demo;

import io.hedgerow.demo.surface.SurfaceClass;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classifiers that come with Hedgerow: residual networks of under 100,000 parameters that tell {@link SurfaceClass}
 * from pictures of 128 × 128 pixels. {@code deploy/demo-model} holds their training and what was measured.
 */
public enum BundledModel {
    /** Trained where 95 % of stained parts, and no others, carried a sticker: it takes stickers for stains. */
    SURFACE_BIASED("surface-biased"),
    /** Trained where stickers said nothing. */
    SURFACE_UNBIASED("surface-unbiased");

    private static final List<String> FILES = List.of(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001",
            "model.yaml",
            "labels.txt");

    private final String modelName;

    BundledModel(String modelName) {
        this.modelName = modelName;
    }

    /** The model's name, as events and configurations have it. */
    public String modelName() {
        return modelName;
    }

    /**
     * Writes the model's files, replacing what is there of the same names.
     *
     * @param parent folder to unpack into, made if need be
     * @return the model's own folder in it, named after the model
     * @throws IOException if a file can't be written
     */
    public Path unpack(Path parent) throws IOException {
        Path folder = parent.resolve(modelName);
        for (String file : FILES) {
            Path target = folder.resolve(file);
            Files.createDirectories(target.resolveSibling("."));
            try (InputStream in = open(file)) {
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }

    private InputStream open(String file) throws IOException {
        String resource = "models/" + modelName + "/" + file;
        InputStream in = BundledModel.class.getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException("io/hedgerow/demo/" + resource + " is missing from Hedgerow's own jar");
        }
        return in;
    }
}
