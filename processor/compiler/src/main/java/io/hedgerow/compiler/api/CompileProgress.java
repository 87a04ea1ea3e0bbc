package io.hedgerow.compiler.api;

/** Is told how far compiling has come. */
@FunctionalInterface
public interface CompileProgress {
    /** Nobody is told. */
    CompileProgress NONE = (done, all, step) -> {};

    /** The step that checks what was compiled, which is most of the work. */
    String CHECKING = "checking it on random images";

    /**
     * A step begins.
     *
     * @param done steps that are behind, 0 or more
     * @param all steps in all
     * @param step what is being done now
     */
    void show(int done, int all, String step);
}
