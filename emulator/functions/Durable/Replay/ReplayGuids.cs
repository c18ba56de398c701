using System.Security.Cryptography;
using System.Text;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>Version-5 GUIDs (RFC 9562) of a name.</summary>
internal static class ReplayGuids
{
    /// <summary>Any fixed namespace would do: it keeps these apart from other version-5 GUIDs.</summary>
    private static readonly Guid Namespace = new("5f8f3c54-8a0b-4f8f-9d0c-2f1f6f1c7b11");

    public static Guid Of(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var bytes = new byte[16 + text.Length];
        Namespace.TryWriteBytes(bytes, bigEndian: true, out _);
        text.CopyTo(bytes, 16);
#pragma warning disable CA5350 // Version 5 is SHA-1 by definition; nothing secret depends on it.
        var hash = SHA1.HashData(bytes).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
