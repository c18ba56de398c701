using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Receipts;

/// <summary>The key that signs now, and all that ever signed.</summary>
public sealed class ReceiptKeys
{
    private readonly Lazy<IReadOnlyList<ReceiptKey>> keys;

    /// <param name="options">Read once: a change of key is a restart.</param>
    public ReceiptKeys(IOptions<ReceiptsOptions> options) => keys = new Lazy<IReadOnlyList<ReceiptKey>>(() => Load(options.Value));

    /// <summary>What anybody needs to verify receipts offline, the signing key first.</summary>
    public IReadOnlyList<JsonWebKey> Public => [.. keys.Value.Select(key => key.Public)];

    internal ReceiptKey Signing => keys.Value[0];

    internal ReceiptKey? Find(string id) => keys.Value.FirstOrDefault(key => key.Id == id);

    private static IReadOnlyList<ReceiptKey> Load(ReceiptsOptions options)
    {
        var current = options.SigningKey is { Length: > 0 } text ? [ReceiptKey.Parse(text)] : ReadFile(options.KeyFile!);
        return current is [{ CanSign: true }, ..]
            ? [.. current.Concat(options.OldKeys.Select(ReceiptKey.Parse)).DistinctBy(key => key.Id)]
            : throw new InvalidOperationException("The first key of the section Receipts has no private part, so nothing can sign.");
    }

    private static List<ReceiptKey> ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            MakeFile(Path.GetFullPath(path));
        }

        using var set = JsonDocument.Parse(File.ReadAllText(path));
        return [.. set.RootElement.GetProperty("keys").EnumerateArray().Select(key => ReceiptKey.Parse(key.GetRawText()))];
    }

    /// <summary>Written beside and moved, so that nobody reads half of it; of two processes that start at once, both use the file that is there then.</summary>
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
            writer.WriteLine($$"""{"keys":[{{ReceiptKey.New().ToPrivateJwk()}}]}""");
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
