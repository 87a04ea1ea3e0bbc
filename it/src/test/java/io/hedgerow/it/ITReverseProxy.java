package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The page below a path of nginx, set up by the very lines of docs/dashboard.md. */
@NeedsChromium
@DisabledOnOs(OS.WINDOWS)
class ITReverseProxy {
    private static final Path NGINX = Path.of(System.getProperty("it.nginx", "/usr/sbin/nginx"));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TOKEN = "correct-horse-battery";
    private static final String NAME = "line.localhost";
    private static final Pattern BLOCK = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private static InspectionLine line;
    private static Browser browser;
    private static Process nginx;
    private static String site;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "there is no " + NGINX + " (Debian: apt-get install nginx-light)");
        line = new InspectionLine(
                folder,
                """
                http.token: %s
                http.hosts: %s
                http.proxy-header: X-Forwarded-User
                http.proxies: 127.0.0.1
                """
                        .formatted(TOKEN, NAME));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        site = "http://" + NAME + ":" + port;
        Path config = Files.writeString(folder.resolve("nginx.conf"), config(port));
        nginx = new ProcessBuilder(NGINX.toString(), "-c", config.toString(), "-e", "stderr", "-g", "daemon off;")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        browser = new Browser();
    }

    /** The guide's location twice: as it is, and with a user's name, as a proxy that has asked for a password has it. */
    private static String config(int port) throws Exception {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/dashboard.md")));
        assertThat(blocks.find()).isTrue();
        String location = blocks.group(1).replace("127.0.0.1:8080", line.host());
        assertThat(location).startsWith("location /line-3/ {").contains(line.host());
        String named =
                location.replace("/line-3/", "/line-4/").replace("}", "    proxy_set_header X-Forwarded-User ann;\n}");
        return """
                pid %s/nginx.pid;
                worker_processes 1;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s;
                    proxy_temp_path %1$s;
                    fastcgi_temp_path %1$s;
                    uwsgi_temp_path %1$s;
                    scgi_temp_path %1$s;
                    server {
                        listen 127.0.0.1:%d;
                        %s
                        %s
                    }
                }
                """
                .formatted(folder, port, location, named);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor();
        }
        if (line != null) {
            line.close();
        }
    }

    @AfterEach
    void shouldHaveComplainedOfNothing() {
        List<String> complaints = browser.complaints();
        browser.forgive();

        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldLetATokenInAndServeWhatThePageAsksFor() {
        open("/line-3/login?token=" + TOKEN);

        shouldBeThePage("/line-3/");
        assertThat(browser.run("return document.cookie")).isEqualTo("");
        assertThat(browser.cookies()).containsExactly("hedgerow at /line-3");
    }

    @Test
    void shouldBelieveTheProxyThatNamesTheUser() {
        open("/line-4/");

        shouldBeThePage("/line-4/");
    }

    private static void open(String path) {
        browser.open(site + path, 1280, 900, "light");
    }

    private static void shouldBeThePage(String path) {
        browser.see(".alert-head");
        // what comes by the stream alone: the feed moves
        String first = browser.see(".feed-list a").getDomAttribute("href");
        await().atMost(LONG).ignoreExceptions().until(() -> !browser.see(".feed-list a")
                .getDomAttribute("href")
                .equals(first));
        assertThat(
                        String.valueOf(
                                browser.wait(
                                        "navigator.locks.query().then(locks => arguments[0](locks.held.map(each => each.name).join()))")))
                .contains(path);
        browser.run("document.querySelector('.feed').scrollIntoView()");
        await().atMost(LONG).until(() -> (Boolean) browser.run(
                "return [...document.querySelectorAll('.feed-list img')].some(each => each.naturalWidth > 0)"));

        // answers are written, under the page's own name
        browser.answerShortcut();

        // an event has an address that can be sent to somebody
        browser.see(".feed-list a").click();
        browser.see(".event-title p");
        String address = browser.address();
        assertThat(address).startsWith(site + path + "#").contains("event=");
        browser.open(address, 1280, 900, "light");
        browser.see(".event-title p");
        await().atMost(LONG).until(() -> (Boolean) browser.run(
                "return [...document.querySelectorAll('.picture.large img')].some(each => each.naturalWidth > 0)"));
    }
}
