package io.hedgerow.evaluate.methods;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes maps as they are made: {@code METHOD/PICTURE-CLASS.npy}, two underscores standing for the folders in a picture's name. */
public final class KeptMaps {
    private final Path folder;

    /** @param folder made if need be */
    public KeptMaps(Path folder) {
        this.folder = folder;
    }

    /** The same method, whose maps are kept. */
    public Method of(Method method) {
        return new Keeping(method);
    }

    private final class Keeping implements Method {
        private final Method method;

        Keeping(Method method) {
            this.method = method;
        }

        @Override
        public String key() {
            return method.key();
        }

        @Override
        public String version() {
            return method.version();
        }

        @Override
        public Map<String, Object> parameters() {
            return method.parameters();
        }

        @Override
        public boolean isControl() {
            return method.isControl();
        }

        @Override
        public boolean hasBaseline() {
            return method.hasBaseline();
        }

        @Override
        public boolean needsOutputs() {
            return method.needsOutputs();
        }

        @Override
        public List<Explained> explain(List<Subject> subjects) {
            List<Explained> explained = method.explain(subjects);
            try {
                Path into = Files.createDirectories(folder.resolve(key()));
                for (int i = 0; i < subjects.size(); i++) {
                    Subject subject = subjects.get(i);
                    String name = subject.name().replaceAll("[/\\:]", "__");
                    for (int k = 0; k < subject.classes().length; k++) {
                        write(
                                into.resolve(name + "-" + subject.classes()[k] + ".npy"),
                                explained.get(i).maps().get(k));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return explained;
        }

        private static void write(Path file, SignedMap map) throws IOException {
            float[] values = new float[map.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = map.get(i);
            }
            Npy.write(file, NpyArray.of(values, map.height(), map.width()));
        }
    }
}
