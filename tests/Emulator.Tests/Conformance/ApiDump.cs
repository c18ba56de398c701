using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Serverless.Emulator.Tests.Conformance;

/// <summary>Lists the public and protected surface of types, one normalized signature per line (format: OfficialApi/README.md).</summary>
internal static class ApiDump
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <returns>Sorted ordinally.</returns>
    public static SortedSet<string> Lines(IEnumerable<Type> types)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in types.Where(IsVisible))
            AddType(type, lines);

        return lines;
    }

    private static bool IsVisible(Type type) => !type.Name.Contains('<', StringComparison.Ordinal) && (type.IsNested
        ? IsVisible(type.DeclaringType!) && (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
        : type.IsPublic);

    private static void AddType(Type type, SortedSet<string> lines)
    {
        var name = NameOf(type);
        var isDelegate = typeof(Delegate).IsAssignableFrom(type);
        AddHeader(type, name, isDelegate, lines);
        AddAttributes(name, type, lines);
        if (isDelegate)
        {
            var invoke = type.GetMethod("Invoke")!;
            lines.Add($"D {NameOf(invoke.ReturnType)} {name}({Parameters(invoke, isExtension: false)})");
            return;
        }

        AddFields(type, name, lines);
        AddConstructors(type, name, lines);
        AddProperties(type, name, lines);
        AddEvents(type, name, lines);
        AddMethods(type, name, lines);
    }

    private static void AddHeader(Type type, string name, bool isDelegate, SortedSet<string> lines)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : isDelegate ? "delegate"
            : "class";
        var modifiers = kind switch
        {
            "class" => type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "",
            "struct" => Has(type, "IsReadOnlyAttribute") ? "readonly " : "",
            _ => "",
        };
        if (kind == "class" && type.GetMethod("<Clone>$", All) is not null)
            kind = "record";

        var bases = new List<string>();
        if (type.IsEnum)
            bases.Add(NameOf(Enum.GetUnderlyingType(type)));
        else if (type.IsClass && !isDelegate && type.BaseType is { } parent && parent != typeof(object))
            bases.Add(NameOf(parent));
        if (!type.IsEnum && !isDelegate)
        {
            bases.AddRange(type.GetInterfaces()
                .Where(face => IsVisible(face.IsGenericType ? face.GetGenericTypeDefinition() : face))
                .Select(NameOf)
                .Order(StringComparer.Ordinal));
        }

        var line = new StringBuilder($"T {(type.IsNested && !type.IsNestedPublic ? "protected" : "public")} {modifiers}{kind} {name}");
        if (bases.Count > 0)
            line.Append(" : ").AppendJoin(", ", bases);
        lines.Add(line.Append(Constraints(type.GetGenericArguments())).ToString());
    }

    private static void AddFields(Type type, string name, SortedSet<string> lines)
    {
        foreach (var field in type.GetFields(All)
            .Where(field => AccessOf(field) is not null && !field.IsSpecialName && !field.Name.Contains('<', StringComparison.Ordinal)))
        {
            var modifier = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            var value = field.IsLiteral ? " = " + ConstantOf(type, field) : "";
            lines.Add($"F {AccessOf(field)} {modifier}{NameOf(field.FieldType)} {name}.{field.Name}{value}");
            AddAttributes($"{name}.{field.Name}", field, lines);
        }
    }

    private static string ConstantOf(Type type, FieldInfo field) => type.IsEnum
        ? Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!
        : Literal(field.GetRawConstantValue(), field.FieldType);

    private static void AddConstructors(Type type, string name, SortedSet<string> lines)
    {
        foreach (var constructor in type.GetConstructors(All).Where(constructor => AccessOf(constructor) is not null && !constructor.IsStatic))
        {
            lines.Add($"C {AccessOf(constructor)} {name}({Parameters(constructor, isExtension: false)})");
            AddAttributes($"{name}.ctor({Parameters(constructor, isExtension: false)})", constructor, lines);
        }
    }

    private static void AddProperties(Type type, string name, SortedSet<string> lines)
    {
        foreach (var property in type.GetProperties(All))
        {
            var getter = property.GetMethod is { } get && AccessOf(get) is not null ? get : null;
            var setter = property.SetMethod is { } set && AccessOf(set) is not null ? set : null;
            var widest = getter is null ? setter : setter is null ? getter : AccessOf(getter) == "public" ? getter : setter;
            if (widest is null)
                continue;

            var access = AccessOf(widest)!;
            var indexed = property.GetIndexParameters() is { Length: > 0 } indexes
                ? $"this[{Parameters(widest, isExtension: false, indexes)}]"
                : property.Name;
            var required = Has(property, "RequiredMemberAttribute") ? "required " : "";
            var setWord = setter is not null && setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit")
                ? "init"
                : "set";
            lines.Add(
                $"P {access} {required}{ModifierOf(widest)}{NameOf(property.PropertyType)} {name}.{indexed} "
                + $"{{ {Accessor(getter, "get")}{Accessor(setter, setWord)}}}");
            AddAttributes($"{name}.{indexed}", property, lines);

            string Accessor(MethodInfo? method, string word) =>
                method is null ? "" : (AccessOf(method) == access ? "" : AccessOf(method) + " ") + word + "; ";
        }
    }

    private static void AddEvents(Type type, string name, SortedSet<string> lines)
    {
        foreach (var member in type.GetEvents(All).Where(member => AccessOf(member.AddMethod!) is not null))
            lines.Add($"E {AccessOf(member.AddMethod!)} {ModifierOf(member.AddMethod!)}{NameOf(member.EventHandlerType!)} {name}.{member.Name}");
    }

    private static void AddMethods(Type type, string name, SortedSet<string> lines)
    {
        foreach (var method in type.GetMethods(All)
            .Where(method => AccessOf(method) is not null && !method.Name.Contains('<', StringComparison.Ordinal)))
        {
            // Accessors are told with their property or event.
            if (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
                continue;

            var isExtension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
            var generic = method.IsGenericMethodDefinition
                ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
                : "";
            var signature = $"{name}.{method.Name}{generic}({Parameters(method, isExtension)})";
            var constraints = method.IsGenericMethodDefinition ? Constraints(method.GetGenericArguments()) : "";
            lines.Add($"M {AccessOf(method)} {ModifierOf(method)}{NameOf(method.ReturnType)} {signature}{constraints}");
            AddAttributes(signature, method, lines);
        }
    }

    private static void AddAttributes(string target, MemberInfo member, SortedSet<string> lines)
    {
        foreach (var attribute in member.GetCustomAttributesData())
        {
            if (attribute.AttributeType == typeof(AttributeUsageAttribute))
            {
                var isInherited = attribute.NamedArguments.All(argument => argument.MemberName != "Inherited") || Named(attribute, "Inherited");
                var targets = (AttributeTargets)(int)attribute.ConstructorArguments[0].Value!;
                lines.Add(
                    $"A {target} AttributeUsage({targets}; AllowMultiple={Word(Named(attribute, "AllowMultiple"))}; Inherited={Word(isInherited)})");
            }
            else if (attribute.AttributeType == typeof(ObsoleteAttribute))
            {
                var isError = attribute.ConstructorArguments is [_, { Value: true }];
                lines.Add($"A {target} Obsolete(error={Word(isError)})");
            }
            else if (attribute.AttributeType == typeof(FlagsAttribute))
            {
                lines.Add($"A {target} Flags");
            }
        }
    }

    private static bool Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value is true;

    private static string? AccessOf(MethodBase method) =>
        method.IsPublic ? "public" : method.IsFamily ? "protected" : method.IsFamilyOrAssembly ? "protected internal" : null;

    private static string? AccessOf(FieldInfo field) =>
        field.IsPublic ? "public" : field.IsFamily ? "protected" : field.IsFamilyOrAssembly ? "protected internal" : null;

    private static string ModifierOf(MethodInfo method)
    {
        var isNewSlot = (method.Attributes & MethodAttributes.NewSlot) != 0;
        if (method.IsStatic)
            return method.IsAbstract ? "static abstract " : "static ";
        if (method.DeclaringType!.IsInterface)
            return method.IsAbstract ? "" : "default ";
        if (method.IsAbstract)
            return isNewSlot ? "abstract " : "abstract override ";
        if (!method.IsVirtual)
            return "";
        if (!isNewSlot)
            return method.IsFinal ? "sealed override " : "override ";

        return method.IsFinal ? "" : "virtual ";
    }

    private static string Parameters(MethodBase method, bool isExtension, ParameterInfo[]? parameters = null) =>
        string.Join(", ", (parameters ?? method.GetParameters()).Select((parameter, index) => Parameter(parameter, isExtension && index == 0)));

    private static string Parameter(ParameterInfo parameter, bool isThis)
    {
        var modifier = isThis ? "this " : Has(parameter, "ParamArrayAttribute") || Has(parameter, "ParamCollectionAttribute") ? "params " : "";
        var type = parameter.ParameterType;
        if (type.IsByRef)
        {
            modifier += parameter.IsOut ? "out " : Has(parameter, "IsReadOnlyAttribute") || parameter.IsIn ? "in " : "ref ";
            type = type.GetElementType()!;
        }

        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, type) : "";
        return $"{modifier}{NameOf(type)} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type)
    {
        var core = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null or Missing)
            return type.IsGenericParameter || (type.IsValueType && core == type) ? "default" : "null";

        if (core.IsEnum)
        {
            var member = Enum.ToObject(core, value);
            return Enum.GetName(core, member) is { } name
                ? $"{NameOf(core)}.{name}"
                : $"({NameOf(core)}){Convert.ToInt64(value, CultureInfo.InvariantCulture)}";
        }

        return value switch
        {
            string text => $"\"{Escape(text)}\"",
            bool flag => Word(flag),
            char letter => $"'\\u{(int)letter:x4}'",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            float number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal);

    private static string Constraints(Type[] arguments)
    {
        var clauses = new StringBuilder();
        foreach (var argument in arguments.Where(argument => argument.IsGenericParameter))
        {
            var attributes = argument.GenericParameterAttributes;
            var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            var constraints = new List<string>();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                constraints.Add("class");
            if (isStruct)
                constraints.Add("struct");
            constraints.AddRange(argument.GetGenericParameterConstraints()
                .Where(constraint => constraint != typeof(ValueType))
                .Select(NameOf)
                .Order(StringComparer.Ordinal));
            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
                constraints.Add("new()");
            if (constraints.Count > 0)
                clauses.Append(CultureInfo.InvariantCulture, $" where {argument.Name} : {string.Join(", ", constraints)}");
        }

        return clauses.ToString();
    }

    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return "ref " + NameOf(type.GetElementType()!);
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer)
            return NameOf(type.GetElementType()!) + "*";
        if (type.IsGenericParameter)
            return type.Name;

        // Each part of a nested name takes the arguments it declares itself.
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var parts = new List<string>();
        for (var declaring = type; declaring is not null; declaring = declaring.DeclaringType)
            parts.Insert(0, declaring.Name);
        for (var index = 0; index < parts.Count; index++)
        {
            var tick = parts[index].IndexOf('`', StringComparison.Ordinal);
            if (tick < 0)
                continue;

            var count = int.Parse(parts[index].AsSpan(tick + 1), CultureInfo.InvariantCulture);
            parts[index] = $"{parts[index][..tick]}<{string.Join(", ", Enumerable.Range(0, count).Select(_ => NameOf(arguments.Dequeue())))}>";
        }

        return (string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".") + string.Join(".", parts);
    }

    private static string Word(bool flag) => flag ? "true" : "false";

    private static bool Has(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Any(data => data.AttributeType.Name == attribute);

    private static bool Has(ParameterInfo parameter, string attribute) =>
        parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name == attribute);
}
