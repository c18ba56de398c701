using System.Security.Cryptography;
using System.Text;

namespace Serverless.Emulator.ServiceBus;

/// <summary>Broker paths, and the storage queue that keeps one.</summary>
/// <remarks>
/// A storage queue's name has 3 to 63 of a-z, 0-9 and single dashes; a broker's path may be longer, has dots and slashes and ignores case.
/// What does not fit is replaced by a dash and told apart by a hash of the whole path: <c>sb-bank-bills-due</c>, <c>sb-bank-events-subscriptions-push-1f0c2a77</c>.
/// </remarks>
internal static class EntityName
{
    public const string DeadLetterSuffix = "/$DeadLetterQueue";

    public static string Subscription(string topic, string subscription) => $"{topic}/Subscriptions/{subscription}";

    public static string DeadLetter(string path) => path + DeadLetterSuffix;

    public static bool IsDeadLetter(string path) => path.EndsWith(DeadLetterSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Every queue of the namespace starts like this; other namespaces' queues may too.</summary>
    public static string Prefix(string hostName) => $"sb-{Fit(hostName.Split('.')[0], 20)}-";

    public static string StorageQueue(string hostName, string path)
    {
        var prefix = Prefix(hostName);
        return prefix + Fit(path, 63 - prefix.Length);
    }

    private static string Fit(string text, int length)
    {
        var lower = text.ToLowerInvariant();
        var slug = new StringBuilder(lower.Length);
        foreach (var c in lower)
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var name = slug.ToString().TrimEnd('-');
        if (name == lower && name.Length <= length)
            return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lower)))[..8];
        return name.Length == 0 ? hash : $"{name[..Math.Min(name.Length, length - 9)].TrimEnd('-')}-{hash}";
    }
}
