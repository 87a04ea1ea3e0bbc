package io.hedgerow.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.hedging.SupportedFamilies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupportedOperationsTest {
    private static final Path GUIDE = Path.of("../../docs/models.md");

    @Test
    void shouldListInTheGuideEveryFamilyWithItsOperations() throws IOException {
        String guide = Files.readString(GUIDE);
        String section = guide.substring(guide.indexOf("## What is supported"), guide.indexOf("## What is refused"));
        Map<String, String> listed = new LinkedHashMap<>();
        section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| family"))
                .forEach(row -> {
                    String[] cells = row.split("\\|", -1);
                    assertThat(cells[3]).as("what relevance does in: %s", row).isNotBlank();
                    listed.put(cells[1].strip(), cells[2].strip());
                });

        assertThat(listed).containsExactlyEntriesOf(SupportedFamilies.table());
    }
}
