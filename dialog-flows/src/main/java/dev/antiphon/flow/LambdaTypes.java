package dev.antiphon.flow;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The types of a lambda or method reference where it stands in the author's code. Its class has none, since type variables are erased;
 * that of one that can be serialized describes itself by {@link SerializedLambda}, with the types at its place.
 */
final class LambdaTypes {
    /** What the compiler gives such a class, see {@link SerializedLambda}. */
    private static final String DESCRIBES_ITSELF = "writeReplace";

    private LambdaTypes() {}

    /** The class of the parameter at this place, from 0; empty for other code, and where its package may not be looked into. */
    static Optional<Class<?>> parameter(Object code, int place) {
        try {
            Method describe = code.getClass().getDeclaredMethod(DESCRIBES_ITSELF);
            describe.setAccessible(true);
            if (!(describe.invoke(code) instanceof SerializedLambda lambda)) {
                return Optional.empty();
            }
            MethodType types = MethodType.fromMethodDescriptorString(
                    lambda.getInstantiatedMethodType(), code.getClass().getClassLoader());
            return place < types.parameterCount() ? Optional.of(types.parameterType(place)) : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notDescribed) {
            return Optional.empty();
        }
    }
}
