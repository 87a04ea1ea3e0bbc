package io.hedgerow.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.TestLog;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.MerkleTree;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProofTest {
    private final TestLog log = TestLog.random(new Random(1), 21, 7, 20);
    private final TreeHasher hasher = new TreeHasher();
    private final MerkleTree tree = new MerkleTree(new CompactRange(), hasher);

    @BeforeEach
    void growTree() {
        log.stored.forEach(entry -> tree.append(hasher.leaf(entry)));
    }

    @Test
    void shouldProveThatAnEntryIsInALog() {
        InclusionProof proof = inclusion();

        InclusionProof read = InclusionProof.parse(proof.text());

        assertThat(read.text()).isEqualTo(proof.text()).startsWith("c2sp.org/tlog-proof@v1\nextra ");
        assertThat(read.entry()).isEqualTo(log.stored.get(11));
        assertThat(read.verify(TestLog.KEY.verifier()).size()).isEqualTo(20);
    }

    @Test
    void shouldProveThatALogOnlyGrew() {
        ConsistencyProof proof = consistency();

        ConsistencyProof read = ConsistencyProof.parse(proof.text());

        assertThat(read.text()).isEqualTo(proof.text());
        assertThat(read.verify(TestLog.KEY.verifier()).size()).isEqualTo(20);
    }

    @Test
    void shouldRefuseEveryAlteredInclusionProof() {
        String text = inclusion().text();
        for (int i = 0; i < text.length(); i++) {
            String altered = altered(text, i);
            assertThatThrownBy(() -> InclusionProof.parse(altered).verify(TestLog.KEY.verifier()))
                    .as(altered)
                    .isInstanceOf(LogException.class);
        }
    }

    @Test
    void shouldRefuseEveryAlteredConsistencyProof() {
        String text = consistency().text();
        for (int i = 0; i < text.length(); i++) {
            String altered = altered(text, i);
            assertThatThrownBy(() -> ConsistencyProof.parse(altered).verify(TestLog.KEY.verifier()))
                    .as(altered)
                    .isInstanceOf(LogException.class);
        }
    }

    @Test
    void shouldRefuseACheckpointOfAnotherKey() {
        VerifierKey other = SigningKey.generate("test.example/log").verifier();
        assertThatThrownBy(() -> inclusion().verify(other)).hasMessageContaining("not signed by");
    }

    private InclusionProof inclusion() {
        return new InclusionProof(
                log.stored.get(11),
                11,
                tree.inclusion(11, 20),
                log.checkpoints.get(1).getNote());
    }

    private ConsistencyProof consistency() {
        return new ConsistencyProof(
                tree.consistency(7, 20),
                log.checkpoints.get(0).getNote(),
                log.checkpoints.get(1).getNote());
    }

    private static String altered(String text, int at) {
        char old = text.charAt(at);
        // In base64 the last letter may have bits that mean nothing; take one that differs in others.
        char other = old == 'x' ? 'A' : 'x';
        return text.substring(0, at) + other + text.substring(at + 1);
    }
}
