using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Serverless.Functions.Tests.Architecture;

/// <summary>What the compiler wrote down of an assembly: which types of others it uses, and which texts its methods pass to which calls.</summary>
internal sealed class CompiledAssembly(Assembly assembly) : IDisposable
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly PEReader file = new(File.OpenRead(assembly.Location));

    private MetadataReader Metadata => file.GetMetadataReader();

    /// <summary>Namespace and name of every type of another assembly that this one uses anywhere.</summary>
    public IEnumerable<string> UsedTypes() => Metadata.TypeReferences.Select(handle => NameOf(handle)).Distinct(StringComparer.Ordinal);

    /// <summary>Types, nested ones under the name of the outermost, of which one method both names one of the texts and calls the method.</summary>
    /// <param name="method">Type and name: <c>Serverless.Banking.Storage.BankTables.Open</c>.</param>
    public IEnumerable<string> TypesThatCall(string method, IReadOnlySet<string> texts) => TypesThatCall(method, texts.Contains);

    /// <inheritdoc cref="TypesThatCall(string, IReadOnlySet{string})"/>
    public IEnumerable<string> TypesThatCall(string method) => TypesThatCall(method, isNamed: null);

    private IEnumerable<string> TypesThatCall(string method, Func<string, bool>? isNamed)
    {
        foreach (var handle in Metadata.MethodDefinitions)
        {
            var definition = Metadata.GetMethodDefinition(handle);
            if (definition.RelativeVirtualAddress == 0)
                continue;
            var instructions = Read(file.GetMethodBody(definition.RelativeVirtualAddress).GetILReader()).ToArray();
            var names = isNamed is null
                || instructions.Any(i => i.Code == OpCodes.Ldstr && isNamed(Metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(i.Token))));
            if (names && instructions.Any(i => (i.Code == OpCodes.Call || i.Code == OpCodes.Callvirt) && MethodOf(MetadataTokens.EntityHandle(i.Token)) == method))
                yield return Outermost(definition.GetDeclaringType());
        }
    }

    public void Dispose() => file.Dispose();

    private static IEnumerable<(OpCode Code, int Token)> Read(BlobReader reader)
    {
        var instructions = new List<(OpCode, int)>();
        while (reader.RemainingBytes > 0)
        {
            int value = reader.ReadByte();
            var code = OpCodesByValue[value == 0xFE ? (value << 8) | reader.ReadByte() : value];
            var token = 0;
            switch (code.OperandType)
            {
                case OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                    or OperandType.InlineSig or OperandType.InlineI or OperandType.InlineBrTarget or OperandType.ShortInlineR:
                    token = reader.ReadInt32();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    reader.Offset += 8;
                    break;
                case OperandType.InlineVar:
                    reader.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    reader.Offset += 1;
                    break;
                case OperandType.InlineSwitch:
                    var targets = reader.ReadInt32();
                    reader.Offset += 4 * targets;
                    break;
            }

            instructions.Add((code, token));
        }

        return instructions;
    }

    private string? MethodOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodSpecification => MethodOf(Metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.MethodDefinition when Metadata.GetMethodDefinition((MethodDefinitionHandle)handle) is var method =>
            $"{Outermost(method.GetDeclaringType())}.{Metadata.GetString(method.Name)}",
        HandleKind.MemberReference when Metadata.GetMemberReference((MemberReferenceHandle)handle) is var member =>
            member.Parent.Kind == HandleKind.TypeReference ? $"{NameOf((TypeReferenceHandle)member.Parent)}.{Metadata.GetString(member.Name)}" : null,
        _ => null,
    };

    private string Outermost(TypeDefinitionHandle handle)
    {
        var type = Metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = Metadata.GetTypeDefinition(type.GetDeclaringType());
        return $"{Metadata.GetString(type.Namespace)}.{Metadata.GetString(type.Name)}";
    }

    private string NameOf(TypeReferenceHandle handle)
    {
        var type = Metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            type = Metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return $"{Metadata.GetString(type.Namespace)}.{Metadata.GetString(type.Name)}";
    }
}
