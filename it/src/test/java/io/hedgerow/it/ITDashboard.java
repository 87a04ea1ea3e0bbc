package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** The page as people use it: a real browser, a real process, the demo's line behind it. */
@NeedsChromium
@DisabledOnOs(OS.WINDOWS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITDashboard {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String HOSTILE =
            "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe\u0007\u001b[31m" + "W".repeat(10_000);
    /** What a person is shown of it: nothing that turns, rings or hides. */
    private static final String SHOWN = "<script>alert(1)</script><img src=x onerror=alert(2)>⟨U+202E⟩gnp.exe␇␛[31mW";

    @TempDir
    private static Path folder;

    private static InspectionLine line;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        line = new InspectionLine(folder);
        browser = new Browser();
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
        line.close();
    }

    @AfterEach
    void shouldHaveComplainedOfNothingAndAskedNobodyElse() {
        List<String> complaints = browser.complaints();
        browser.forgive();

        assertThat(complaints).isEmpty();
        assertThat(browser.asked()).containsOnly(line.host());
    }

    private static void open(String hash) {
        browser.open(line.url() + hash, 1280, 900, "light");
    }

    @Test
    void shouldSayInWordsWhatIsWrongAndShowTheEvidence() throws Exception {
        open("");

        browser.see(".verdict.critical, .verdict.warning");
        assertThat(browser.text(".verdict h1")).contains("surface");
        assertThat(browser.text(".alerts")).contains("stain");
        browser.see(".alert[open] .triptych canvas");
        browser.see(".alert[open] .plot canvas");
        await().atMost(LONG).until(() -> browser.all(".alert[open] .pane").size() == 3);
        await().atMost(LONG).untilAsserted(() -> assertThat(loaded(".alert[open] .examples img"))
                .isBetween(1L, 5L));
        assertThat(browser.text(".alert[open] .doubt")).contains("events since", "explanations");
        assertThat(browser.text(".alert[open] .choices")).contains("Shortcut", "Legitimate", "New normal");
        assertThat(browser.text(".alert[open] .command code")).startsWith("hedgerow alerts ");
        await().atMost(LONG).until(() -> browser.all(".class-row").size() == 5);
        Files.write(Path.of("target/dashboard.png"), browser.picture());

        // Pictures are asked for where they are looked at.
        browser.run("document.querySelector('.feed').scrollIntoView()");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(loaded(".feed-list img")).isGreaterThan(10));
    }

    @Test
    void shouldSendAnAnswer() {
        open("");

        browser.answerShortcut();
    }

    @Test
    void shouldAlwaysSumToWhatCameIn() {
        open("");

        browser.see(".account-bar i.explained");
        // Both of one moment: the page goes on counting.
        @SuppressWarnings("unchecked")
        List<String> counts = (List<String>)
                browser.run(
                        """
                return [document.querySelector(".account-sum").textContent,
                    ...[...document.querySelectorAll(".account-legend dd")].map(part => part.textContent.split("·")[0])]
                """);
        List<Long> numbers = counts.stream().map(ITDashboard::number).toList();
        assertThat(numbers.get(0)).isPositive();
        assertThat(numbers.stream().skip(1).mapToLong(each -> each).sum()).isEqualTo(numbers.get(0));
    }

    @Test
    void shouldChangeWhatIsSeenOfAMapWithItsOpacity() {
        open("");
        browser.see(".feed-list a").click();
        WebElement picture = browser.see(".picture.large");
        await().atMost(LONG).until(() -> loaded(".picture.large img") == 1);
        byte[] opaque = browser.picture(picture);

        browser.run("const s = document.getElementById('opacity'); s.value = 10; s.dispatchEvent(new Event('input'));");
        assertThat(browser.picture(picture)).isNotEqualTo(opaque);

        byte[] faint = browser.picture(picture);
        browser.press("]");
        assertThat(browser.picture(picture)).isNotEqualTo(faint);
        browser.run("const s = document.getElementById('opacity'); s.value = 80; s.dispatchEvent(new Event('input'));");
    }

    @Test
    void shouldBeUsedByKeys() {
        open("");
        browser.see(".class-row");
        browser.see(".feed-list a");

        browser.press("/");
        browser.press("dent");
        await().atMost(LONG).until(() -> browser.all(".class-row").size() == 1);
        browser.escape();
        await().atMost(LONG).until(() -> browser.all(".class-row").size() == 5);
        browser.escape();
        browser.press("j");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.text(".live")).contains("stopped"));
        browser.press("p");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.text(".live")).startsWith("live"));
        browser.press("?");
        browser.see("dialog.help[open]");
        browser.escape();
        await().atMost(LONG).until(() -> browser.all("dialog.help[open]").isEmpty());
    }

    @Test
    void shouldHoldStillWhileStoppedAndGoOnWhereItIs() {
        open("");
        browser.see(".feed-list li");
        browser.press("p");
        String first = browser.see(".feed-list li").getAttribute("data-key");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.text(".live")).containsPattern("· [1-9]\\d* newer"));
        assertThat(browser.see(".feed-list li").getAttribute("data-key")).isEqualTo(first);

        browser.press("p");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.see(".feed-list li").getAttribute("data-key"))
                        .isNotEqualTo(first));
    }

    @Test
    void shouldPutWhatIsLookedAtIntoItsAddress() {
        open("");
        browser.drag(browser.see(".brush .u-over"), 0.3, 0.6);
        await().atMost(LONG).untilAsserted(() -> assertThat(browser.address()).contains("from=", "to="));
        await().atMost(LONG).untilAsserted(() -> assertThat(times())
                .as("events of the time chosen, read again")
                .hasSizeGreaterThan(10)
                .allMatch(time -> time >= chosen("from") && time < chosen("to")));
        assertThat(browser.text(".feed h2")).isEqualTo("Explained in this time");
        assertThat(browser.text(".machine .note")).contains("account of the time chosen");
        browser.all(".class-row").get(1).click();
        await().atMost(LONG).untilAsserted(() -> assertThat(browser.address()).contains("class="));
        String shared = browser.address();

        browser.open(shared, 1280, 900, "light");
        browser.see(".class-panel .triptych canvas");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.text(".live")).contains("past"));
        assertThat(browser.address()).isEqualTo(shared);
    }

    /** Last: it closes the alerts that the others look at. */
    @Test
    @Order(Integer.MAX_VALUE)
    void shouldMakeTheTimeChosenTheReference() {
        open("");
        assertThat(browser.all(".span-reference:not([hidden])")).isEmpty();
        browser.drag(browser.see(".brush .u-over"), 0.02, 0.4);
        browser.see(".span-reference summary").click();
        assertThat(browser.text(".span-reference code"))
                .matches("hedgerow monitor reference --config hedgerow.yaml --from \\S+Z --to \\S+Z --model 'surface'");

        browser.see(".span-body .primary").click();

        await().atMost(LONG).untilAsserted(() -> assertThat(browser.text(".span-reference .said"))
                .matches("(The reference was|[2-9] references were) replaced.*"));
    }

    @Test
    void shouldPrintWhatIsWrongTheEvidenceAndTheClasses() throws Exception {
        browser.open(line.url(), 1280, 900, "dark");
        browser.see(".alert[open] .triptych canvas");
        await().atMost(LONG).until(() -> browser.all(".class-row").size() == 5);
        await().atMost(LONG).untilAsserted(() -> assertThat(browser.all(".class-row .miniature:not(.none)"))
                .as("maps that nobody has scrolled to")
                .hasSizeGreaterThanOrEqualTo(5));
        Files.write(Path.of("target/dashboard.pdf"), browser.printed());

        browser.asPaper(true);
        browser.run("dispatchEvent(new Event('beforeprint'))");
        assertThat(browser.seen("#bar, .feed, .next, .presets, .span-reference, .u-over, .readout"))
                .isEmpty();
        assertThat(browser.seen(".verdict h1, .class-row, .machine h2")).hasSize(1 + 5 + 1);
        // One question: between two another alert may open.
        assertThat(browser.all(".alerts > .alert-list > .alert:not([open])")).isEmpty();
        assertThat(browser.run("return getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();

        browser.asPaper(false);
        browser.run("dispatchEvent(new Event('afterprint'))");
        assertThat(browser.all(".alerts > .alert-list > .alert[open]")).hasSize(1);
        assertThat(browser.seen("#bar, .feed")).hasSize(2);
    }

    @Test
    void shouldProveThatAnEventIsInTheLog() {
        open("");
        browser.see(".feed-list a").click();
        WebElement verify = browser.see(".verify button.primary");
        // The checkpoint comes a second after the entry.
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            verify.click();
            assertThat(browser.see(".proof.consistent").getText()).contains("Consistent, not authenticated");
        });
        browser.forgive();

        browser.see(".key-box input").sendKeys(line.key, "\n");

        assertThat(browser.see(".proof.authenticated").getText()).contains("signed by it.example/dashboard");
        assertThat(String.valueOf(browser.wait(
                        """
                        const [key, done] = arguments;
                        (async () => {
                        const [partition, offset] = /event=(\\d+)\\/(\\d+)/.exec(location.hash).slice(1);
                        const proof = await (await fetch(`api/events/${partition}/${offset}/proof`)).json();
                        const {check} = await import(new URL("assets/inclusion.js", location.href));
                        const flip = text => text.replace(/./, c => c === "A" ? "B" : "A");
                        const changed = [{entry: flip(proof.entry)}, {path: [flip(proof.path[0]), ...proof.path.slice(1)]},
                            {path: proof.path.slice(1)}, {leafIndex: proof.leafIndex + 1},
                            {checkpoint: proof.checkpoint.replace(/\\n\\d+\\n/, "\\n7\\n")}];
                        const found = [];
                        for (const change of changed) found.push((await check({...proof, ...change}, [], key)).state);
                        found.push((await check(proof, ["another event"], key)).state);
                        done(found.join(" "));
                        })().catch(done);
                        """,
                        line.key)))
                .isEqualTo("broken broken broken broken broken broken");
    }

    @Test
    void shouldShowWhateverAnEventHoldsAsText() {
        open("");
        // The feed is a sample: one of them comes into it.
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(() -> {
            line.send(0, 1, event -> {
                event.setId(HOSTILE);
                event.setSource(HOSTILE);
                event.setTime(Instant.now());
                event.setAttributes(Map.of("operator", HOSTILE));
                return event;
            });
            return (Boolean)
                    browser.run(
                            """
                    const row = [...document.querySelectorAll(".feed-list a")].find(a => a.textContent.includes("<script>"));
                    row?.click();
                    return row !== undefined;
                    """);
        });

        assertThat(browser.see(".event-title p").getText()).contains(SHOWN);
        assertThat(browser.text(".event-side")).contains(SHOWN);
        for (int width : new int[] {360, 1280}) {
            browser.open(browser.address(), width, 900, "light");
            browser.see(".event-title p");
            assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 1280, 2560})
    void shouldFitIntoTheWindow(int width) {
        browser.open(line.url(), width, 900, "dark");
        browser.see(".alert[open] .triptych canvas");
        browser.see(".feed-list li");

        assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"light, .class-row", "dark, .class-row", "light, .feed-list a", "dark, .feed-list a"})
    void shouldHaveNoSeriousFlawForThoseWhoReadByEarOrKeyboard(String colours, String opened) throws Exception {
        browser.open(line.url(), 1280, 900, colours);
        browser.see(".alert[open] .triptych canvas");
        browser.see(opened).click();
        browser.see(opened.equals(".class-row") ? ".class-panel .triptych canvas" : ".picture.large");

        assertThat(browser.flaws()).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheServerIsBack() throws Exception {
        open("");
        browser.see(".feed-list li");
        line.stop();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.text(".live")).contains("not connected"));

        line.start();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.text(".live")).startsWith("live"));
        String first = browser.see(".feed-list li").getAttribute("data-key");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(browser.see(".feed-list li").getAttribute("data-key"))
                        .isNotEqualTo(first));
        browser.forgive();
    }

    private static long loaded(String pictures) {
        return (Long) browser.run(
                "return [...document.querySelectorAll(arguments[0])].filter(i => i.complete && i.naturalWidth > 0).length",
                pictures);
    }

    /** Times of the events that the feed shows, in milliseconds. */
    @SuppressWarnings("unchecked") // the script's own list
    private static List<Long> times() {
        return (List<Long>) browser.run(
                "return [...document.querySelectorAll('.feed-list time')].map(each => Date.parse(each.dateTime))");
    }

    private static long chosen(String name) {
        return Long.parseLong(browser.address().replaceFirst(".*[#&]" + name + "=(\\d+).*", "$1"));
    }

    private static long number(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }
}
