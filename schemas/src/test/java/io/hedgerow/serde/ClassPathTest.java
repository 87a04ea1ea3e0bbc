package io.hedgerow.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.junit.jupiter.api.Test;

/** The registry client's jar holds copies of others' classes under their own names: none of them may come first. */
class ClassPathTest {
    private static final String SHADED = "org/apache/flink/";

    @Test
    void shouldTakeNoClassFromTheRegistryClientThatAnotherJarHas() throws Exception {
        Path jar = Path.of(SchemaRegistryClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> copies = new ArrayList<>();
        List<String> takenFirst = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith(SHADED) && !name.startsWith("META-INF/")) {
                    List<URL> places = places(name);
                    copies.add(name);
                    if (places.size() > 1
                            && places.get(0)
                                    .getPath()
                                    .contains(jar.getFileName().toString())) {
                        takenFirst.add(name);
                    }
                }
            }
        }

        assertThat(copies).as("copies, or this test checks nothing").contains("org/yaml/snakeyaml/Yaml.class");
        assertThat(takenFirst).as("classes taken from " + jar).isEmpty();
    }

    private static List<URL> places(String resource) throws IOException {
        return Collections.list(ClassPathTest.class.getClassLoader().getResources(resource));
    }
}
