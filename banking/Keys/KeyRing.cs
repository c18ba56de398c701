using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Serverless.Banking.Keys;

/// <summary>Reads a capability's keys from its settings: the one that signs first, then all that are also taken.</summary>
internal static class KeyRing
{
    /// <param name="section">Of the settings, for the message.</param>
    /// <param name="signingKey">PEM or JWK with the private part; used when set.</param>
    /// <param name="keyFile">A JWK set, made with a new key when it does not exist. For one machine.</param>
    /// <param name="others">PEM or JWK each, private or public.</param>
    /// <exception cref="InvalidOperationException">A key cannot be read, or the first one cannot sign.</exception>
    public static IReadOnlyList<P256Key> Load(string section, string? signingKey, string? keyFile, IEnumerable<string> others)
    {
        try
        {
            var current = signingKey is { Length: > 0 } text ? [P256Key.Parse(text)] : ReadFile(keyFile!);
            return current is [{ CanSign: true }, ..]
                ? [.. current.Concat(others.Select(P256Key.Parse)).DistinctBy(key => key.Id)]
                : throw new InvalidOperationException("The first key has no private part, so nothing can sign.");
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"Section {section}: {e.Message}");
        }
    }

    private static List<P256Key> ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            MakeOnce(Path.GetFullPath(path));
        }

        using var set = JsonDocument.Parse(File.ReadAllText(path));
        return [.. set.RootElement.GetProperty("keys").EnumerateArray().Select(key => P256Key.Parse(key.GetRawText()))];
    }

    /// <summary>Of processes that start at once one makes it, and all use it. A move that must not overwrite would not do: it looks, and then renames.</summary>
    private static void MakeOnce(string path)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
        using var only = new Mutex(name, new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
        try
        {
            only.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Who had it was killed: now it is ours.
        }

        try
        {
            if (!File.Exists(path))
            {
                MakeFile(path);
            }
        }
        finally
        {
            only.ReleaseMutex();
        }
    }

    /// <summary>Written beside and moved, so that nobody reads half of it.</summary>
    private static void MakeFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}.{Random.Shared.Next():x8}";
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, mode))
        {
            writer.WriteLine($$"""{"keys":[{{P256Key.New().ToPrivateJwk()}}]}""");
        }

        File.Move(draft, path);
    }
}
