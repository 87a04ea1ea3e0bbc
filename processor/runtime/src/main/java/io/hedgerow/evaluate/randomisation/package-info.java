/**
 * Whether maps depend on what a model learned: they are compared with those of the same model after its layers, from the output
 * down, have forgotten (Adebayo et al., "Sanity Checks for Saliency Maps", 2018; Hedström et al., "Sanity Checks Revisited",
 * 2024). A map that stays the same shows edges of the picture, not reasons of the model.
 */
@NullMarked
package io.hedgerow.evaluate.randomisation;

import org.jspecify.annotations.NullMarked;
