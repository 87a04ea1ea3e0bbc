/** Compiling in a process of its own, so that a model that takes TensorFlow down takes nothing else with it. */
@NullMarked
package io.hedgerow.compiler.process;

import org.jspecify.annotations.NullMarked;
