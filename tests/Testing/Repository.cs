namespace Serverless.Testing;

/// <summary>The sources that the running tests were built from.</summary>
public static class Repository
{
    private static readonly Lazy<string> Found = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside of the repository.");
    });

    public static string Root => Found.Value;
}
