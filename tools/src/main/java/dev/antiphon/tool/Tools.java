package dev.antiphon.tool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Tools from the annotated methods of an object. */
public final class Tools {
    private Tools() {}

    /**
     * The methods marked {@link ToolFunction} of this object's class and of those it extends, by name, with the default
     * policy. Non-public ones too. What a method throws is what the tool throws; one without a result gives the model
     * {@code {"done":true}}.
     *
     * @throws UnusableTool when no method is marked, or one cannot be a tool, with every reason
     */
    public static List<Tool<?, ?>> of(Object object) {
        List<Tool<?, ?>> tools = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Method method : marked(object.getClass())) {
            try {
                tools.add(tool(object, method));
            } catch (IllegalArgumentException e) {
                problems.add(method.getName() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusableTool(String.join("; ", problems));
        }
        if (tools.isEmpty()) {
            throw new UnusableTool(
                    object.getClass().getName() + " has no method marked @ToolFunction; mark those the model may call");
        }
        return List.copyOf(tools);
    }

    private static List<Method> marked(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            Arrays.stream(at.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(ToolFunction.class) && !method.isBridge())
                    .filter(method -> methods.stream().noneMatch(other -> overrides(other, method)))
                    .forEach(methods::add);
        }
        methods.sort(Comparator.comparing(Method::getName));
        return methods;
    }

    private static boolean overrides(Method lower, Method upper) {
        return lower.getName().equals(upper.getName())
                && Arrays.equals(lower.getParameterTypes(), upper.getParameterTypes());
    }

    private static Tool<Object[], Object> tool(Object object, Method method) {
        ToolFunction marked = method.getAnnotation(ToolFunction.class);
        MethodParameters.of(method);
        method.setAccessible(true);
        Object target = Modifier.isStatic(method.getModifiers()) ? Tools.class : object;
        return new Tool<>(
                marked.name().isBlank() ? method.getName() : marked.name(),
                marked.value(),
                new ToolInput.OfMethod(method),
                (arguments, context) -> call(target, method, arguments),
                ToolPolicy.defaults());
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Exception {
        try {
            Object result = method.invoke(target, arguments);
            return method.getReturnType() == void.class ? new Done(true) : result;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    private record Done(boolean done) {}
}
