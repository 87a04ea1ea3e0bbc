package io.hedgerow.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.AuditStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditGuideTest {
    private static final Path GUIDE = Path.of("../../docs/audit.md");

    @Test
    void shouldListEveryColumnOfAnExport() throws IOException {
        assertThat(first("column"))
                .containsExactlyInAnyOrderElementsOf(
                        ExportColumns.ALL.stream().map(ExportColumn::name).toList());
    }

    @Test
    void shouldSayWhichArticleEachColumnIsFor() throws IOException {
        List<String> articles =
                rows("column").stream().map(row -> row.split("\\|")[3].strip()).toList();

        assertThat(articles).isNotEmpty().allMatch(article -> article.matches("\\d+.*"));
        assertThat(articles)
                .anyMatch(article -> article.startsWith("12(3)(a)"))
                .anyMatch(article -> article.startsWith("19(1)"));
    }

    @Test
    void shouldListEveryStatus() throws IOException {
        assertThat(first("status"))
                .containsExactlyElementsOf(Stream.of(AuditStatus.values())
                        .filter(status -> status != AuditStatus.UNKNOWN)
                        .map(Enum::name)
                        .toList());
    }

    /** What stands in code in the first column of the table whose header begins with {@code column}. */
    private static List<String> first(String column) throws IOException {
        return rows(column).stream()
                .map(row -> row.split("\\|")[1])
                .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> rows(String column) throws IOException {
        String text = Files.readString(GUIDE);
        int start = text.indexOf("| " + column + " |");
        assertThat(start).as("a table of " + column).isNotNegative();
        return text.substring(start)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }
}
