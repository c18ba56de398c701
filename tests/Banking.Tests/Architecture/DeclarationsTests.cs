using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Serverless.Banking.Tests.Architecture;

/// <summary>
/// What the style rules IDE0161 and IDE0040 say. An editor shows them; in the build the analyzers of style would take as long as the compiler, and these two are the ones
/// that .editorconfig turns on besides white space, which <c>dotnet format</c> looks at.
/// </summary>
public sealed class DeclarationsTests
{
    private static readonly SyntaxKind[] Accessibilities =
        [SyntaxKind.PublicKeyword, SyntaxKind.InternalKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.FileKeyword];

    [Fact]
    public void Namespaces_have_no_braces_and_members_say_who_may_use_them() =>
        Assert.Empty(SourceFiles.All().AsParallel().SelectMany(file => Complaints(File.ReadAllText(file)).Select(complaint => $"{SourceFiles.Named(file)} {complaint}"))
            .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("namespace A { class B; }", "1: namespace, 1: B")]
    [InlineData("namespace A;\nclass B;", "2: B")]
    [InlineData("public class B\n{\n    int c;\n    B() { }\n    void D() { }\n    string E { get; }\n    enum F { G }\n    event Action H;\n}", "3: int c;, 4: B, 5: D, 6: E, 7: F, 8: event Action H;")]
    [InlineData("public interface IB { void C(); }", "")]
    [InlineData("public partial class B : IC\n{\n    static B() { }\n    ~B() { }\n    void IC.D() { }\n    static partial void E();\n    private enum F { G }\n}", "")]
    [InlineData("file class B;", "")]
    [InlineData("Console.WriteLine(); void Local() { }", "")]
    public void It_finds_what_is_missing_and_nothing_else(string source, string expected) => Assert.Equal(expected, string.Join(", ", Complaints(source)));

    private static IEnumerable<string> Complaints(string source) =>
        from node in CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot().DescendantNodes(HoldsMembers)
        let name = node switch
        {
            NamespaceDeclarationSyntax => "namespace",
            MemberDeclarationSyntax member when IsAskedFor(member) && !member.Modifiers.Any(modifier => Accessibilities.Contains(modifier.Kind())) => NameOf(member),
            _ => null,
        }
        where name is not null
        select $"{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {name}";

    private static bool HoldsMembers(SyntaxNode node) => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;

    /// <summary>What the language gives no choice in says nothing.</summary>
    private static bool IsAskedFor(MemberDeclarationSyntax member) => member.Parent is not InterfaceDeclarationSyntax && member switch
    {
        BaseNamespaceDeclarationSyntax or GlobalStatementSyntax or DestructorDeclarationSyntax or IncompleteMemberSyntax => false,
        ConstructorDeclarationSyntax constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword),
        MethodDeclarationSyntax method => method.ExplicitInterfaceSpecifier is null && !method.Modifiers.Any(SyntaxKind.PartialKeyword),
        BasePropertyDeclarationSyntax property => property.ExplicitInterfaceSpecifier is null,
        _ => true,
    };

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => member.ToString(),
    };
}
