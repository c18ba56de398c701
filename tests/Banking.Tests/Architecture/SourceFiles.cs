using Serverless.Testing;

namespace Serverless.Banking.Tests.Architecture;

/// <summary>Every C# file of the repository, whichever project compiles it.</summary>
internal static class SourceFiles
{
    /// <summary>Full paths.</summary>
    public static IEnumerable<string> All() => Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Named(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"));

    /// <returns>Below the repository: <c>banking/Money/Money.cs</c>.</returns>
    public static string Named(string file) => Path.GetRelativePath(Repository.Root, file).Replace(Path.DirectorySeparatorChar, '/');
}
