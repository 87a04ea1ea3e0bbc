package io.hedgerow.service;

import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.web.Metrics;

/**
 * What the parts of a process share.
 *
 * @param connection to the cluster and the registry that the configuration names
 * @param metrics where parts register their meters
 * @param version of this program
 */
record ServiceContext(HedgerowConfig config, Connection connection, Metrics metrics, String version) {}
