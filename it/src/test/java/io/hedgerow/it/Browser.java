package io.hedgerow.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, which remembers what went wrong in its pages and whom they asked for what. */
final class Browser implements AutoCloseable {
    static final Path CHROMIUM = Path.of(System.getProperty("it.chromium", "/usr/bin/chromium"));
    static final Path DRIVER = Path.of(System.getProperty("it.chromedriver", "/usr/bin/chromedriver"));

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern ASKED =
            Pattern.compile("\"method\":\"Network.requestWillBeSent\".*?\"url\":\"([^\"]+)\"");
    /** Containers of other tests come and go, and with them the machine's networks. */
    private static final String OF_THE_MACHINE = "ERR_NETWORK_CHANGED";

    private final ChromeDriver driver;
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    Browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        // Selenium would otherwise look for a driver, and download one.
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    /** Opens an address, with the page as large as that and light or dark. */
    void open(String url, int width, int height, String colours) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        // An address that differs after the hash alone would not be loaded anew.
        driver.get("about:blank");
        driver.get(url);
    }

    /** Shows the page as it would be printed on A4, or again as on the screen. */
    void asPaper(boolean paper) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", paper ? "print" : ""));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", paper ? 718 : 1280, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The page as PDF. */
    byte[] printed() {
        return OutputType.BYTES.convertFromBase64Png(String.valueOf(driver.executeCdpCommand(
                        "Page.printToPDF",
                        Map.of(
                                "printBackground",
                                false,
                                "paperWidth",
                                8.27,
                                "paperHeight",
                                11.69,
                                "preferCSSPageSize",
                                true))
                .get("data")));
    }

    /** Those elements of a selector that can be seen. */
    List<WebElement> seen(String selector) {
        return all(selector).stream().filter(WebElement::isDisplayed).toList();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** The first element of a selector, once it is there and can be seen. */
    WebElement see(String selector) {
        return await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> driver.findElement(By.cssSelector(selector)), WebElement::isDisplayed);
    }

    /** All elements of a selector that are there now. */
    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Says of the possible shortcut that it is one, and sees that the page has heard so. */
    void answerShortcut() {
        await().atMost(LONG)
                .until(
                        () -> (Boolean)
                                run(
                                        """
                const asked = [...document.querySelectorAll(".alert")].find(a => a.textContent.includes("possible shortcut"));
                if (asked === undefined) return false;
                asked.id = "asked";
                asked.open = true;
                asked.scrollIntoView();
                return true;
                """));
        see("#asked .answer .primary").click();
        await().atMost(LONG).until(() -> text("#asked .said").matches("(?s)(Sent|Answered).*"));
    }

    /** The text of the first element of a selector, empty if there is none now. */
    String text(String selector) {
        try {
            return all(selector).stream().findFirst().map(WebElement::getText).orElse("");
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void escape() {
        press(Keys.ESCAPE);
    }

    /** Drags from one part of an element's width to another. */
    void drag(WebElement element, double from, double to) {
        int width = element.getSize().getWidth();
        new Actions(driver)
                .moveToElement(element, (int) ((from - 0.5) * width), 0)
                .clickAndHold()
                .moveByOffset((int) ((to - from) * width), 0)
                .release()
                .perform();
    }

    /** What an element looks like, as PNG. */
    byte[] picture(WebElement element) {
        return element.getScreenshotAs(OutputType.BYTES);
    }

    /** What the page looks like, as PNG. */
    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object wait(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(LONG);
        return driver.executeAsyncScript(script, arguments);
    }

    /** What axe finds that is serious or critical, a line each. */
    @SuppressWarnings("unchecked") // the script's own list
    List<String> flaws() throws IOException {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>)
                wait(
                        """
                const done = arguments[0];
                axe.run(document, {resultTypes: ["violations"]}).then(result => done(result.violations
                    .filter(each => ["serious", "critical"].includes(each.impact))
                    .map(each => each.id + ": " + each.nodes.map(node => node.html + " " + node.failureSummary).join("; "))));
                """);
    }

    /** Errors of all pages so far: scripts', refused requests', the content policy's. */
    List<String> complaints() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(Object::toString)
                .filter(message -> !message.contains(OF_THE_MACHINE))
                .forEach(complaints::add);
        return List.copyOf(complaints);
    }

    /** Forgets errors that a test brought about on purpose. */
    void forgive() {
        complaints();
        complaints.clear();
    }

    /** Hosts and ports that any page has asked for anything. */
    Set<String> asked() {
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> {
            Matcher request = ASKED.matcher(entry.getMessage());
            if (request.find() && request.group(1).startsWith("http")) {
                asked.add(URI.create(request.group(1).replaceAll("[?#].*", "")).getAuthority());
            }
        });
        return Set.copyOf(asked);
    }

    /** Name and path of each cookie that the page's address has. */
    List<String> cookies() {
        return driver.manage().getCookies().stream()
                .map(cookie -> cookie.getName() + " at " + cookie.getPath())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
