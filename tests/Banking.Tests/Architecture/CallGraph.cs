using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Serverless.Banking.Tests.Architecture;

/// <summary>Which method of these assemblies calls which, read from the compiled code: through lambdas, iterators, async methods and interfaces.</summary>
/// <remarks>A call of an interface's or a base's method counts as a call of every implementation in these assemblies, so more may be reached than ever is, never less.</remarks>
internal sealed class CallGraph
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly OpCode[] Codes = [.. typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!)];
    private static readonly Dictionary<int, OpCode> CodeOf = Codes.ToDictionary(code => (int)(ushort)code.Value);

    private readonly Dictionary<MethodBase, MethodBase[]> calls = [];
    private readonly ILookup<MethodBase, MethodBase> implementations;

    public CallGraph(params Assembly[] assemblies)
    {
        var types = assemblies.SelectMany(assembly => assembly.GetTypes()).ToArray();
        implementations = types.Where(type => type is { IsInterface: false, IsGenericTypeDefinition: false }).SelectMany(Implementations)
            .ToLookup(pair => pair.Declared, pair => pair.Implementing);
        foreach (var method in types.SelectMany(type => type.GetMembers(Declared)).OfType<MethodBase>())
        {
            calls[method] = [.. Called(method).Distinct()];
        }
    }

    /// <summary>What the methods call, directly or not; themselves included. Also methods of other assemblies, where the search ends.</summary>
    public IReadOnlySet<MethodBase> ReachedFrom(IEnumerable<MethodBase> methods)
    {
        var reached = new HashSet<MethodBase>();
        var waiting = new Stack<MethodBase>(methods);
        while (waiting.TryPop(out var method))
        {
            if (!reached.Add(method))
            {
                continue;
            }

            foreach (var next in calls.GetValueOrDefault(method, []).Concat(implementations[method]))
            {
                waiting.Push(next);
            }
        }

        return reached;
    }

    /// <summary>What calls one of the methods, directly or not; themselves included.</summary>
    public IReadOnlySet<MethodBase> Reaching(IEnumerable<MethodBase> methods)
    {
        var callers = calls.SelectMany(call => call.Value, (call, called) => (Caller: call.Key, Called: called))
            .Concat(implementations.SelectMany(group => group, (group, implementing) => (Caller: group.Key, Called: implementing)))
            .ToLookup(call => call.Called, call => call.Caller);
        var reaching = new HashSet<MethodBase>();
        var waiting = new Stack<MethodBase>(methods);
        while (waiting.TryPop(out var method))
        {
            if (!reaching.Add(method))
                continue;

            foreach (var caller in callers[method])
                waiting.Push(caller);
        }

        return reaching;
    }

    public IEnumerable<MethodBase> CallsDirectly(MethodBase method) => calls.GetValueOrDefault(method, []);

    private static IEnumerable<(MethodBase Declared, MethodBase Implementing)> Implementations(Type type)
    {
        foreach (var contract in type.GetInterfaces())
        {
            var map = type.GetInterfaceMap(contract);
            for (var i = 0; i < map.InterfaceMethods.Length; i++)
            {
                yield return (Definition(map.InterfaceMethods[i]), Definition(map.TargetMethods[i]));
            }
        }

        foreach (var method in type.GetMethods(Declared).Where(method => method.IsVirtual && method.GetBaseDefinition() != method))
        {
            yield return (Definition(method.GetBaseDefinition()), method);
        }
    }

    private static IEnumerable<MethodBase> Called(MethodBase method)
    {
        if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
        {
            yield return machine.StateMachineType.GetMethod("MoveNext", Declared)!;
        }

        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        for (var at = 0; at < code.Length;)
        {
            var op = CodeOf[code[at] == 0xfe ? 0xfe00 | code[++at] : code[at]];
            at++;
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineTok
                && Resolve(method, BitConverter.ToInt32(code, at)) is { } called)
            {
                yield return called;
            }

            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(MethodBase caller, int token)
    {
        var ofType = caller.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = caller.IsGenericMethod ? caller.GetGenericArguments() : null;
        return caller.Module.ResolveMember(token, ofType, ofMethod) is MethodBase method ? Definition(method) : null;
    }

    /// <summary>A generic method or a method of a generic type as it is declared, whatever it is called with.</summary>
    private static MethodBase Definition(MethodBase method)
    {
        var declared = method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
        return declared.DeclaringType is { IsConstructedGenericType: true } type
            ? type.GetGenericTypeDefinition().GetMembers(Declared).OfType<MethodBase>().First(open => open.MetadataToken == declared.MetadataToken)
            : declared;
    }
}
