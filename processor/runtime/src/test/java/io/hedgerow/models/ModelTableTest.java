package io.hedgerow.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTableTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "9 10 2, 10",
        "v1.9 v1.10 v1.2, v1.10",
        "2 2.0.1 2.0, 2.0.1",
        "2025-12-31 2026-03-01 2026-01-15, 2026-03-01",
        "20260301120000123456789 9, 20260301120000123456789",
        "' 1', 1",
        "'1 ', 1",
        // Not by numbers alone: the last one listed.
        "2.0.0 2.0.0-rc1 stable, stable",
        "stable 3 canary, canary",
        "'stable ', stable",
        // Equal ones: the last one listed.
        "1 01, 01",
    })
    void shouldTakeTheNewestForAnEventWithoutAVersion(String listed, String newest) throws Exception {
        ModelTable table = table(listed);

        assertThat(table.find("surface", "").version()).isEqualTo(newest);
        assertThat(table.find("surface", null).version()).isEqualTo(newest);
    }

    @Test
    void shouldTakeTheVersionAskedFor() throws Exception {
        assertThat(table("1 2 3").find("surface", "2").version()).isEqualTo("2");
    }

    @Test
    void shouldNameWhatThereIsIfThereIsNoSuch() {
        assertThatThrownBy(() -> table("1 2").find("surface", "3"))
                .isInstanceOf(UnknownModelException.class)
                .hasMessage("model surface version 3 is not configured; known: surface version 1, surface version 2");
        assertThatThrownBy(() -> table("1 2").find("cats", ""))
                .isInstanceOf(UnknownModelException.class)
                .hasMessageContaining("model cats is not configured");
    }

    @Test
    void shouldSayWhichOnesAreTheNewestOfSeveral() {
        assertThat(table("1 2").newest()).isEqualTo(Map.of("surface", "2"));
        assertThat(table("1").newest()).isEmpty();
    }

    /** Versions apart by spaces; nothing before or after one stands for a model without a version. */
    private static ModelTable table(String versions) {
        return new ModelTable(
                "cpu",
                Stream.of(versions.split(" ", -1)).map(ModelTableTest::model).toList());
    }

    private static ExplainableModel model(String version) {
        return (ExplainableModel) Proxy.newProxyInstance(
                ModelTableTest.class.getClassLoader(),
                new Class<?>[] {ExplainableModel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "name" -> "surface";
                    case "version" -> version;
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
