package io.hedgerow.compiler.api;

/**
 * A number that a method takes with each image.
 *
 * @param name in requests; the signature's input is its plural
 * @param least allowed
 * @param most allowed
 * @param usual where a request has none
 */
public record ImageParameter(String name, float least, float most, float usual) {}
