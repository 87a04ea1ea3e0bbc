package io.hedgerow.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/models/vgg");

    @TempDir
    Path folder;

    @Test
    void shouldReadWhatNumpyWrote() throws IOException {
        NpyArray input = Npy.read(FIXTURE.resolve("input.npy"));
        NpyArray classes = Npy.read(FIXTURE.resolve("classes.npy"));

        assertThat(input.type()).isEqualTo(NpyType.FLOAT32);
        assertThat(input.shape()).containsExactly(4, 96, 96, 3);
        assertThat(input.toFloats()).hasSize(4 * 96 * 96 * 3).doesNotContain(Float.NaN);
        assertThat(classes.type()).isEqualTo(NpyType.INT64);
        assertThat(classes.shape()).containsExactly(4);
        assertThat(Arrays.stream(classes.toInts())).allMatch(index -> index >= 0 && index < 10);
    }

    @Test
    void shouldWriteTheBytesThatNumpyWrites() throws IOException {
        NpyArray logits = Npy.read(FIXTURE.resolve("logits.npy"));
        Path copy = folder.resolve("copy.npy");

        Npy.write(copy, logits);

        NpyArray read = Npy.read(copy);
        assertThat(read.shape()).isEqualTo(logits.shape());
        assertThat(read.toFloats()).isEqualTo(logits.toFloats());
        assertThat(Files.size(copy) % 64).isEqualTo(logits.data().limit() % 64);
    }

    @Test
    void shouldKeepScalarsAndUnsignedBytes() throws IOException {
        Npy.write(folder.resolve("scalar.npy"), NpyArray.of(new float[] {2.5f}));
        write("bytes.npy", 1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", new byte[] {-1, 3});

        assertThat(Npy.read(folder.resolve("scalar.npy")).shape()).isEmpty();
        assertThat(Npy.read(folder.resolve("bytes.npy")).toInts()).containsExactly(255, 3);
    }

    @Test
    void shouldReadVersionTwo() throws IOException {
        write("two.npy", 2, "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }", new byte[] {7, 1, 0, 0});

        assertThat(Npy.read(folder.resolve("two.npy")).toInts()).containsExactly(263);
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException {
        byte[] data = new byte[8];
        refuses("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", data, "<f8", "<f4");
        refuses("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", data, "Fortran order");
        refuses("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", data, "holds 8 bytes", "takes 12");
        refuses("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 99999, 99999), }", data, "2 GiB");
        refuses("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", data, "out of range");
        refuses("{'descr': '<f4', 'fortran_order': False}", data, "'shape'");
    }

    @Test
    void shouldRefuseAFileOfAnotherKindOrCutShort() throws IOException {
        Path text = Files.writeString(folder.resolve("text.npy"), "just a line of text");
        byte[] whole = Files.readAllBytes(FIXTURE.resolve("logits.npy"));
        Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, 40));

        assertThatThrownBy(() -> Npy.read(text)).isInstanceOf(IOException.class).hasMessageContaining("no .npy file");
        assertThatThrownBy(() -> Npy.read(cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends in the middle");
    }

    private void refuses(String header, byte[] data, String... words) throws IOException {
        write("bad.npy", 1, header, data);
        assertThatThrownBy(() -> Npy.read(folder.resolve("bad.npy")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("bad.npy");
    }

    private void write(String name, int version, String header, byte[] data) throws IOException {
        String length = "" + (char) (header.length() + 1) + "\0" + (version == 1 ? "" : "\0\0");
        String head = "\u0093NUMPY" + (char) version + "\0" + length + header + "\n";
        byte[] bytes = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + data.length);
        System.arraycopy(data, 0, bytes, head.length(), data.length);
        Files.write(folder.resolve(name), bytes);
    }
}
