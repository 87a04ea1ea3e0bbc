package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command. */
@DisabledOnOs(OS.WINDOWS)
class ITDemo {
    @TempDir
    private Path folder;

    @Test
    void shouldExplainEveryPartAndShowThatTheClassifierLooksAtStickers() throws Exception {
        Launcher.Result result = Launcher.run(
                folder,
                Launcher.COMMAND,
                Map.of(),
                "demo",
                "--seconds",
                "10",
                "--rate",
                "20",
                "--out",
                folder.resolve("pictures").toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(number("events +(\\d+)", result.out())).isEqualTo(200);
        assertThat(number("explained +(\\d+)", result.out())).isEqualTo(200);
        assertThat(number("failed +(\\d+)", result.out())).isZero();
        double stickered = number("stickers on no stain +(\\d+)", result.out());
        assertThat(stickered).isGreaterThan(30);
        assertThat(number("of which (\\d+) were called stains", result.out())).isGreaterThan(0.8 * stickered);
        assertThat(number("evidence on the sticker +(\\d+)", result.out())).isGreaterThan(60);
        assertThat(ImageIO.read(folder.resolve("pictures/contact-sheet.png").toFile())
                        .getWidth())
                .isGreaterThan(1000);
        assertThat(result.err()).doesNotContain("WARN").doesNotContain("\tat ");
    }

    private static double number(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
