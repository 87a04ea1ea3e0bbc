package io.hedgerow.compiler.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a model and what was made of it; {@value #FILE} beside the explanation SavedModel.
 *
 * @param format version of this file
 * @param modelSha256 of the model's files, 64 hexadecimal digits
 * @param signature the signature that was explained
 * @param input what the model takes
 * @param output the output that holds the classes
 * @param preprocessing what the model does to images before its first layer, operation by operation
 * @param head what it does from the reference layer to the scores, the same
 * @param scores N, the number of scores of one image
 * @param classes the number of classes: N, or 2 where one score stands for classes 0 and 1
 * @param referenceLayers what relevance starts from: one feature map of each network that the classifier is made of
 * @param precision of the convolutions that explain
 * @param dropped what was left out of the model, a sentence each
 * @param unexplained what reaches the scores and is left out of the explanation, a sentence each
 * @param methods what explains, the one first that does unless another is asked for
 * @param selfCheck what running it once on random images showed
 * @param labels names of the classes; empty if the model brings none
 * @param bytes size of the explanation SavedModel
 * @param bytesPerImage memory that explaining one class of an image takes at most, weights apart; -1 where the input's size
 *     is free
 */
public record ExplanationInfo(
        String format,
        String modelSha256,
        String signature,
        Input input,
        Output output,
        List<String> preprocessing,
        List<String> head,
        int scores,
        int classes,
        List<ReferenceLayer> referenceLayers,
        Precision precision,
        List<String> dropped,
        List<String> unexplained,
        List<Method> methods,
        SelfCheck selfCheck,
        List<String> labels,
        long bytes,
        long bytesPerImage) {
    /** The version of the files that are written now. */
    public static final String FORMAT = "3";

    public static final String FILE = "explanation.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What the model takes.
     *
     * @param key in the signature
     * @param type {@code DT_FLOAT} or {@code DT_UINT8}
     * @param height -1 if free
     * @param width -1 if free
     * @param channels of one pixel
     * @param channelsFirst whether its shape is N × channels × height × width, not N × height × width × channels
     */
    public record Input(String key, String type, long height, long width, long channels, boolean channelsFirst) {}

    /**
     * The model's own output.
     *
     * @param key in the signature
     * @param activation softmax, log_softmax, sigmoid or none: what it makes of its scores
     * @param kind what its numbers are
     */
    public record Output(String key, String activation, OutputKind kind) {}

    /**
     * Where relevance starts.
     *
     * @param name full name of the node
     * @param shape H, W, K of its output, -1 where unknown
     */
    public record ReferenceLayer(String name, List<Long> shape) {}

    /**
     * A way to explain.
     *
     * @param name what records call it
     * @param version maps of equal version are comparable
     * @param parameters what it was made with, by name
     * @param imageParameters numbers that it takes with each image
     * @param map height and width of the maps that explaining gives, -1 where the input's are free
     * @param layers what maps are of, and where each lies on the picture: first layers' inputs, those that lie in the same
     *     place being one, or later feature maps
     * @param families how many operations of each rule family relevance goes through; empty where none does
     * @param linear what of the model is without an activation where the method's paper has one
     */
    public record Method(
            String name,
            String version,
            Map<String, String> parameters,
            List<ImageParameter> imageParameters,
            MapSize map,
            List<Layer> layers,
            Map<String, Integer> families,
            Linear linear) {}

    /**
     * Linear tensors: outputs of convolutions that further ones take without an activation in between.
     *
     * @param convolutions that convolve a linear tensor
     * @param sums that a convolution or the head takes without an activation in between
     */
    public record Linear(int convolutions, int sums) {}

    /** Height and width of the maps, in cells. */
    public record MapSize(long height, long width) {}

    /**
     * What has a map of its own: what a first layer takes, or a later feature map.
     *
     * @param output of the signature, which holds its maps
     * @param tensor whose height and width the map has
     * @param channelAxis which of its axes has the channels; the other two after the batch are the map's rows and columns
     * @param height of the map as the output has it, -1 if that depends on the picture
     * @param width the same
     * @param placement where the map lies on the picture; null where that depends on the picture's size
     * @param over what a first layer takes, where the map is of a later feature map: its cells share that one's place evenly
     */
    public record Layer(
            String output,
            String tensor,
            int channelAxis,
            long height,
            long width,
            @Nullable Placement placement,
            @Nullable Area over) {}

    /**
     * What a first layer takes.
     *
     * @param tensor that it takes
     * @param channelAxis which of its axes has the channels
     */
    public record Area(String tensor, int channelAxis) {}

    /**
     * The largest differences that the self-check found.
     *
     * @param scores from the model's own, as a share of the largest, or of 1 if that is more
     * @param gradient of the head from finite differences, as a share of its length
     * @param relevance of a layer from the sum that the method states, as a share of what is distributed there
     * @param layers whose relevance was checked
     * @param warnings what could not be checked, a sentence each
     */
    public record SelfCheck(double scores, double gradient, double relevance, int layers, List<String> warnings) {}

    /** Names of all reference layers, separated by commas. */
    public String referenceLayer() {
        return referenceLayers.stream().map(ReferenceLayer::name).collect(Collectors.joining(", "));
    }

    /** What explains unless another method is asked for. */
    public Method method() {
        return methods.get(0);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values can always be written", e);
        }
    }

    /**
     * Reads the description of a compiled model.
     *
     * @param directory of an explanation SavedModel
     * @throws IOException if it can't be read, or was written before it said by which methods it explains
     */
    public static ExplanationInfo read(Path directory) throws IOException {
        ExplanationInfo info = JSON.readValue(Files.readAllBytes(directory.resolve(FILE)), ExplanationInfo.class);
        if (info.methods == null) {
            throw new IOException(directory.resolve(FILE)
                    + " doesn't say by which methods it explains, for an older version of Hedgerow wrote it: compile"
                    + " the model again");
        }
        return info;
    }
}
