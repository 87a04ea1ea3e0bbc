package io.hedgerow.service;

import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.web.Metrics;

/**
 * What the parts of a process share.
 *
 * @param connection to the cluster and the registry that the configuration names
 * @param metrics where parts register their meters
 * @param version of this program
 * @param compiling told how far the compiler has come with a model that is new here
 */
record ServiceContext(
        HedgerowConfig config, Connection connection, Metrics metrics, String version, CompileProgress compiling) {}
