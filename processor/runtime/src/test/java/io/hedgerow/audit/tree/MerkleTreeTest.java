package io.hedgerow.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.LogState;
import io.hedgerow.audit.proof.ProofCheck;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The hashes against those of Certificate Transparency's own tests (the reference implementation's leaves, roots and proofs of
 * RFC 6962), and all proofs of all small trees against their definition.
 */
class MerkleTreeTest {
    private static final List<String> INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final TreeHasher hasher = new TreeHasher();
    private final ProofCheck check = new ProofCheck(hasher);

    @Test
    void shouldHaveTheKnownRoots() {
        assertThat(hex(new CompactRange().root(hasher)))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        CompactRange range = new CompactRange();
        MerkleTree tree = new MerkleTree(new CompactRange(), hasher);
        for (int i = 0; i < INPUTS.size(); i++) {
            byte[] leaf = hasher.leaf(HexFormat.of().parseHex(INPUTS.get(i)));
            range.append(leaf, hasher);
            tree.append(leaf);

            assertThat(hex(range.root(hasher))).isEqualTo(ROOTS.get(i));
            assertThat(hex(tree.root(i + 1))).isEqualTo(ROOTS.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "1, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    })
    void shouldHaveTheKnownInclusionProofs(long index, long size, String path) {
        assertThat(known().inclusion(index, size).stream().map(MerkleTreeTest::hex))
                .containsExactly(path.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    })
    void shouldHaveTheKnownConsistencyProofs(long from, long to, String proof) {
        assertThat(known().consistency(from, to).stream().map(MerkleTreeTest::hex))
                .containsExactly(proof.split(" "));
    }

    @Test
    void shouldProveWhatIsThereAndNothingElse() {
        MerkleTree tree = new MerkleTree(new CompactRange(), hasher);
        for (int i = 0; i < 40; i++) {
            tree.append(hasher.leaf(new byte[] {(byte) i}));
        }
        for (int size = 1; size <= 40; size++) {
            for (int index = 0; index < size; index++) {
                List<byte[]> path = tree.inclusion(index, size);
                byte[] root = tree.root(size);
                assertThat(check.isIncluded(tree.leaf(index), index, size, path, root))
                        .isTrue();
                assertThat(check.isIncluded(hasher.leaf(new byte[] {99}), index, size, path, root))
                        .isFalse();
                assertThat(size > 1 && check.isIncluded(tree.leaf(index), (index + 1) % size, size, path, root))
                        .isFalse();
                assertThat(check.isIncluded(tree.leaf(index), index, size, altered(path, root), root))
                        .isFalse();
            }
            for (int from = 0; from <= size; from++) {
                List<byte[]> proof = tree.consistency(from, size);
                byte[] before = tree.root(from);
                byte[] after = tree.root(size);
                assertThat(check.isConsistent(from, before, size, after, proof)).isTrue();
                assertThat(from > 0 && check.isConsistent(from, hasher.leaf(before), size, after, proof))
                        .isFalse();
                assertThat(from < size && from > 0 && check.isConsistent(from, before, size, hasher.leaf(after), proof))
                        .isFalse();
                assertThat(check.isConsistent(from, before, size, after, altered(proof, before)))
                        .isFalse();
            }
        }
    }

    @Test
    void shouldGoOnFromACompactRange() {
        for (int start = 0; start < 20; start++) {
            CompactRange range = new CompactRange();
            MerkleTree whole = new MerkleTree(new CompactRange(), hasher);
            Random random = new Random(start);
            for (int i = 0; i < start; i++) {
                byte[] leaf = hasher.leaf(new byte[] {(byte) random.nextInt()});
                range.append(leaf, hasher);
                whole.append(leaf);
            }
            MerkleTree rest = new MerkleTree(range, hasher);
            for (int i = start; i < 30; i++) {
                byte[] leaf = hasher.leaf(new byte[] {(byte) random.nextInt()});
                rest.append(leaf);
                whole.append(leaf);
            }
            assertThat(rest.root(30)).isEqualTo(whole.root(30));
            for (int index = start; index < 30; index++) {
                assertThat(rest.inclusion(index, 30)).containsExactlyElementsOf(whole.inclusion(index, 30));
            }
            for (int from = Math.max(1, start); from < 30; from++) {
                assertThat(rest.consistency(from, 30)).containsExactlyElementsOf(whole.consistency(from, 30));
            }
            if (start > 1) {
                assertThatThrownBy(() -> rest.inclusion(0, 30))
                        .isInstanceOf(LogException.class)
                        .hasMessageContaining("gone");
            }
        }
    }

    @Test
    void shouldStoreWhereALogStands() {
        LogState state = new LogState();
        for (int i = 0; i < 70; i++) {
            assertThat(LogState.parse(state.toBytes()).toBytes()).isEqualTo(state.toBytes());
            state.append(new byte[] {(byte) i}, 2L * i, hasher);
            LogState read = LogState.parse(state.toBytes());
            assertThat(read.size()).isEqualTo(i + 1);
            assertThat(read.lastOffset()).isEqualTo(2L * i);
            assertThat(read.range().root(hasher)).isEqualTo(state.range().root(hasher));
        }
        assertThatThrownBy(() -> LogState.parse(new byte[] {1, 0})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogState.parse(new byte[] {7, 0})).hasMessageContaining("version 7");
        assertThatThrownBy(() -> new CompactRange(3, List.of(new byte[32]))).hasMessageContaining("2 perfect subtrees");
    }

    private MerkleTree known() {
        MerkleTree tree = new MerkleTree(new CompactRange(), hasher);
        INPUTS.forEach(input -> tree.append(hasher.leaf(HexFormat.of().parseHex(input))));
        return tree;
    }

    private static List<byte[]> altered(List<byte[]> proof, byte[] more) {
        List<byte[]> altered = new ArrayList<>(proof);
        if (altered.isEmpty()) {
            altered.add(more);
        } else {
            byte[] first = altered.get(0).clone();
            first[5] ^= 4;
            altered.set(0, first);
        }
        return altered;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
