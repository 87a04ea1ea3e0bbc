package io.hedgerow.compiler.process;

import io.hedgerow.compiler.api.CompileOptions;

/**
 * What the child is asked, as one line of JSON.
 *
 * @param model absolute path of the SavedModel's directory
 * @param out absolute path of the directory to write to
 */
record Request(String model, CompileOptions options, String out) {}
