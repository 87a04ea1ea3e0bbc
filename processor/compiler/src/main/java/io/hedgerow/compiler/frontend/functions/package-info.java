/** Function calls, conditionals, loops and variables of a SavedModel resolved, until one flat graph is left. */
@NullMarked
package io.hedgerow.compiler.frontend.functions;

import org.jspecify.annotations.NullMarked;
