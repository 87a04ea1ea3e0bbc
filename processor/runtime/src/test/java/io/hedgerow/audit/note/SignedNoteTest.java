package io.hedgerow.audit.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.audit.LogException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    /** Keys and note of the documentation of Go's golang.org/x/mod/sumdb/note. */
    private static final String GO_SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final String GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String GO_NOTE =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private final SigningKey key = SigningKey.generate("example.com/log");
    private final Checkpoint checkpoint = new Checkpoint("c/a/t/0", 3, new byte[32]);

    @Test
    void shouldReadAndWriteKeysAsGoDoes() {
        SigningKey go = SigningKey.parse(GO_SECRET);

        assertThat(go.verifier()).hasToString(GO_PUBLIC);
        assertThat(go.secret()).isEqualTo(GO_SECRET);
        assertThat(VerifierKey.parse(GO_PUBLIC + "\n")).hasToString(GO_PUBLIC);
        assertThat(go.toString()).doesNotContain("AYEKFALVFGy");
    }

    @Test
    void shouldSignAsGoDoes() {
        SignedNote note = SignedNote.parse(GO_NOTE);

        note.verify(VerifierKey.parse(GO_PUBLIC));
        assertThat(SignedNote.sign(note.text(), SigningKey.parse(GO_SECRET))).isEqualTo(GO_NOTE);
    }

    @Test
    void shouldKeepGeneratedKeysInTheirTextForm() {
        SigningKey read = SigningKey.parse(key.secret());

        assertThat(Checkpoint.open(
                        checkpoint.sign(read), VerifierKey.parse(key.verifier().toString())))
                .isEqualTo(checkpoint);
    }

    @Test
    void shouldTakeFurtherSignatures() {
        String note = checkpoint.sign(key) + "— witness.example/w AAAAAAAA\n";

        assertThat(Checkpoint.open(note, key.verifier())).isEqualTo(checkpoint);
    }

    @Test
    void shouldRefuseEveryOtherText() {
        String note = checkpoint.sign(key);
        for (int i = 0; i < note.length(); i++) {
            String altered = note.substring(0, i) + (note.charAt(i) == 'x' ? 'y' : 'x') + note.substring(i + 1);
            assertThatThrownBy(() -> Checkpoint.open(altered, key.verifier()))
                    .as(altered)
                    .isInstanceOf(LogException.class);
        }
    }

    @Test
    void shouldRefuseAnotherKeysSignature() {
        SigningKey namesake = SigningKey.generate("example.com/log");

        assertThatThrownBy(() -> Checkpoint.open(checkpoint.sign(namesake), key.verifier()))
                .hasMessageContaining("not signed by " + key.verifier());
    }

    @Test
    void shouldRefuseWhatIsNoCheckpoint() {
        for (String text : List.of("o\n03\nAA==\n", "o\n3\n", "\n3\n" + "A".repeat(43) + "=\n", "o\n-1\nx\n")) {
            assertThatThrownBy(() -> Checkpoint.open(SignedNote.sign(text, key), key.verifier()))
                    .as(text)
                    .isInstanceOf(LogException.class);
        }
    }

    @Test
    void shouldSayWhatAKeyLooksLikeWithoutRepeatingASecret() {
        String almost = key.secret().replace("PRIVATE", "PRIVAT");
        assertThatThrownBy(() -> SigningKey.parse(almost))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("PRIVATE+KEY+NAME")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(almost.substring(20)));
        assertThatThrownBy(() -> VerifierKey.parse(key.secret()))
                .hasMessageContaining("secret half")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(almost.substring(20)));
        assertThatThrownBy(() -> VerifierKey.parse("nonsense")).hasMessageContaining("no public key");
        assertThatThrownBy(() -> SigningKey.generate("a b")).hasMessageContaining("'a b' can't name a key");
    }
}
