package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.ConvolutionLayers;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;

/** A rule at every convolution with no convolution before it: methods differ in how inputs share what such a layer has. */
public abstract class FirstLayerRule implements Rule {
    @Override
    public final String family() {
        return "input layer";
    }

    @Override
    public final String operations() {
        return ConvolutionLayers.FIRST_LAYERS;
    }

    @Override
    public final boolean handles(Node node, Network network) {
        return ConvolutionLayers.isFirstLayer(node, network);
    }

    @Override
    public final Conserves conserves(Node node, Network network) {
        // an unknown part goes to a border of zeros, which is no part of the input
        return Convolution.of(node, network).hasZeroBorder() ? Conserves.FINITE : conserves();
    }

    /** How much is sent on where all of it goes to inputs. */
    protected abstract Conserves conserves();
}
