package io.hedgerow.dashboard.security;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names under which the page is served. A page at an address of this machine can be reached under any name whose owner lets it
 * point there, and would then be theirs to read; so only literal addresses, {@code localhost} and names that were set are
 * answered.
 */
final class HostNames {
    // RATIONALE: Why is the Host header checked on a page of this machine alone?
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::(\\d{1,5}))?");
    private static final Pattern OCTETS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");
    private static final int MOST_OCTET = 255;
    private static final int GROUPS = 8;

    private final List<String> names;

    HostNames(List<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether a Host header names this page, whatever its port. */
    boolean isServed(@Nullable String header) {
        Matcher parts = AUTHORITY.matcher(header == null ? "" : header.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        return host.equals("localhost") || isAddress(host) || names.contains(host);
    }

    static boolean isAddress(String host) {
        return host.startsWith("[") ? isV6(host.substring(1, host.length() - 1)) : isV4(host);
    }

    private static boolean isV4(String host) {
        Matcher octets = OCTETS.matcher(host);
        if (!octets.matches()) {
            return false;
        }
        for (int i = 1; i <= octets.groupCount(); i++) {
            String octet = octets.group(i);
            if (Integer.parseInt(octet) > MOST_OCTET || (octet.length() > 1 && octet.startsWith("0"))) {
                return false;
            }
        }
        return true;
    }

    /** Groups of hexadecimal digits, once abbreviated by two colons. */
    private static boolean isV6(String host) {
        int gap = host.indexOf("::");
        if (gap < 0) {
            return groups(host) == GROUPS;
        }
        String head = host.substring(0, gap);
        String tail = host.substring(gap + 2);
        int before = head.isEmpty() ? 0 : groups(head);
        int after = tail.isEmpty() ? 0 : groups(tail);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many there are; -1 if one is none. */
    private static int groups(String text) {
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (!GROUP.matcher(group).matches()) {
                return -1;
            }
        }
        return groups.length;
    }
}
