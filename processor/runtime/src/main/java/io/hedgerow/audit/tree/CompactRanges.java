package io.hedgerow.audit.tree;

import java.util.HexFormat;
import java.util.List;

/** Compact ranges as records hold them. */
public final class CompactRanges {
    private CompactRanges() {}

    /**
     * Reads the nodes of a tree of {@code size} leaves.
     *
     * @throws IllegalArgumentException if they are not its
     */
    public static CompactRange of(long size, List<String> nodes) {
        return new CompactRange(
                size, nodes.stream().map(HexFormat.of()::parseHex).toList());
    }

    public static List<String> hex(CompactRange range) {
        return range.nodes().stream().map(HexFormat.of()::formatHex).toList();
    }
}
