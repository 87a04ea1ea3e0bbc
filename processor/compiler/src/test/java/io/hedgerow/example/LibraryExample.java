package io.hedgerow.example;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The compiler used as a library: what the README shows, between its marks. */
final class LibraryExample {
    private LibraryExample() {}

    static List<SignedMap> explain(Path savedModel, Path compiled, ByteBuffer pixels) throws Exception {
        // [library]
        List<SignedMap> found = new ArrayList<>();
        new Compiler().compile(savedModel, CompileOptions.DEFAULT, compiled);
        TensorSpec spec = new TensorSpec(96, 96, 3, ElementType.FLOAT32);
        try (CompiledModel model = CompiledModel.load(compiled, spec, TensorFlowDevice.CPU)) {
            ImageTensor image = new ImageTensor(pixels, spec, MapTransform.IDENTITY);
            AttributionRequest decided = new AttributionRequest(image, AttributionRequest.TOP);
            AttributionRequest classes = new AttributionRequest(image, 3, 7); // of one image, in one pass
            for (Attribution attribution : model.apply(List.of(decided, classes))) { // a batch
                float score = attribution.scores()[attribution.classes()[0]];
                SignedMap map = attribution.map(0, image.toImage()); // relevance by cell, and where it lies
                System.out.printf("class %d: %.2f, %d cells%n", attribution.classes()[0], score, map.size());
                found.add(map);
            }
        }
        // [end]
        return found;
    }
}
