package io.hedgerow.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static final DecodedImage QUAD =
            new DecodedImage(new byte[] {(byte) 200, 0, 0, 0, 100, 0, 0, 0, 50, 10, 20, 30}, 2, 2);

    @Test
    void shouldKeepValuesOfAPictureOfTheRightSize() {
        ImageTensor tensor = Preprocessing.defaults().apply(QUAD, new TensorSpec(2, 2, 3, ElementType.FLOAT32));

        float[] values = new float[12];
        tensor.data().asFloatBuffer().get(values);
        assertThat(values).containsExactly(200, 0, 0, 0, 100, 0, 0, 0, 50, 10, 20, 30);
        assertThat(tensor.toImage()).isEqualTo(MapTransform.IDENTITY);
    }
}
