package io.hedgerow.compiler.runtime;

/**
 * What the shares of one convolution's relevance sum to, added up output by output.
 *
 * @param hedged C, after its shift
 * @param toActive A'
 * @param toInactive B'
 */
record LayerSums(double hedged, double toActive, double toInactive) {

    static LayerSums of(RandomLayer layer, float[] image, AttributionRequest request) {
        int padRows = layer.same ? padding(layer.height, layer.rows, layer.stride) : 0;
        int padColumns = layer.same ? padding(layer.width, layer.columns, layer.stride) : 0;
        int outRows = (layer.height + padRows - layer.rows) / layer.stride + 1;
        int outColumns = (layer.width + padColumns - layer.columns) / layer.stride + 1;
        int outputs = layer.outputs;
        double[] relevance = new double[outRows * outColumns * outputs];
        boolean[] reachesActive = new boolean[relevance.length];
        boolean[] reachesInactive = new boolean[relevance.length];
        for (int i = 0; i < relevance.length; i++) {
            int top = i / outputs / outColumns * layer.stride - padRows / 2;
            int left = i / outputs % outColumns * layer.stride - padColumns / 2;
            double sum = 0;
            for (int row = 0; row < layer.rows; row++) {
                for (int column = 0; column < layer.columns; column++) {
                    int y = top + row;
                    int x = left + column;
                    if (y < 0 || y >= layer.height || x < 0 || x >= layer.width) {
                        continue;
                    }
                    float pixel = image[y * layer.width + x];
                    double value = layer.input(pixel);
                    for (int input = 0; input < layer.inputsOfGroup(); input++) {
                        float weight = layer.kernel(row, column, input, i % outputs);
                        sum += weight * value;
                        reachesActive[i] |= weight != 0 && layer.isActive(pixel);
                        reachesInactive[i] |= weight != 0 && !layer.isActive(pixel);
                    }
                }
            }
            boolean kept = !layer.normalised || sum != 0;
            relevance[i] = kept ? layer.activation(sum) * layer.weight(i % outputs, request.classes()[0]) : 0;
        }
        return share(
                relevance, reachesActive, reachesInactive, request.parameters().get("ratio"), layer.rows > 1);
    }

    private static LayerSums share(
            double[] relevance, boolean[] reachesActive, boolean[] reachesInactive, double ratio, boolean tall) {
        double positive = 0;
        double negative = 0;
        for (double r : relevance) {
            positive += Math.max(r, 0);
            negative -= Math.min(r, 0);
        }
        double hedged = 0;
        double toActive = 0;
        double toInactive = 0;
        boolean touched = false;
        for (int i = 0; i < relevance.length; i++) {
            double p = positive == 0 ? 0 : Math.max(relevance[i], 0) / positive;
            double n = negative == 0 ? 0 : Math.min(relevance[i], 0) / negative;
            if (reachesActive[i]) {
                hedged += (tall ? ratio : 1) * p + n;
                toActive += p;
                touched |= p != 0 || n != 0;
            }
            toInactive += reachesInactive[i] ? n : 0;
        }
        boolean shifted = tall && positive > 0 && touched;
        return new LayerSums(hedged - (shifted ? 1 : 0), toActive, toInactive);
    }

    private static int padding(int size, int kernel, int stride) {
        int outputs = (size + stride - 1) / stride;
        return Math.max((outputs - 1) * stride + kernel - size, 0);
    }
}
