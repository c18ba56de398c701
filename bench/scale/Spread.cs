using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Scale;

/// <summary>A partition's place for ever: one of 4,096 slots, by the hash of its key. Which storage account a slot is in is written in a table.</summary>
internal static class Slots
{
    public const int Count = 4096;

    /// <summary>Of the key alone: what a customer has in many tables stays together.</summary>
    public static int Of(string partition) => (int)(Hash(partition) >> 52);

    /// <summary>The first eight bytes of SHA-256: the same in every version of .NET, which string.GetHashCode is not.</summary>
    public static ulong Hash(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>All slots in one account.</summary>
    public static int[] Start() => new int[Count];

    /// <summary>The slots when one account is added: the new one takes what is its due, from each of the others what that has too much.</summary>
    /// <param name="owners">Account of each slot, 0 to n-1.</param>
    /// <returns>Account of each slot, 0 to n; a slot that is not the new account's is where it was.</returns>
    public static int[] Grow(int[] owners)
    {
        var accounts = owners.Max() + 2;
        var (grown, counts) = ((int[])owners.Clone(), new int[accounts]);
        foreach (var owner in owners)
            counts[owner]++;
        for (var slot = 0; counts[accounts - 1] < Count / accounts; slot = (slot + 1) % Count)
        {
            if (grown[slot] == accounts - 1 || counts[grown[slot]] < counts.AsSpan(0, accounts - 1).ToArray().Max())
                continue;
            counts[grown[slot]]--;
            grown[slot] = accounts - 1;
            counts[accounts - 1]++;
        }

        return grown;
    }
}

/// <summary>Lamping and Veach, "A fast, minimal memory, consistent hash algorithm" (2014): the other way that was looked at.</summary>
internal static class JumpHash
{
    public static int Of(ulong key, int accounts)
    {
        long bucket = -1, next = 0;
        while (next < accounts)
        {
            bucket = next;
            key = (key * 2862933555777941757) + 1;
            next = (long)((bucket + 1) * ((1L << 31) / (double)((key >> 33) + 1)));
        }

        return (int)bucket;
    }
}

/// <summary>How evenly a number of accounts share the partitions, and how many move when one account is added.</summary>
/// <param name="Fullest">The fullest account's load over the mean.</param>
/// <param name="Moved">Share of the partitions that moved when the last account was added.</param>
internal sealed record Spread(string Way, int Accounts, double Fullest, double Moved)
{
    private const int Partitions = 50_000;

    public static IReadOnlyList<Spread> Look(int seed, int mostAccounts)
    {
        var random = new SeededRandom((ulong)seed);
        var hashes = Enumerable.Range(0, Partitions).Select(_ => Slots.Hash($"{random.Next():x16}{random.Next():x16}")).ToArray();
        var (rows, owners) = (new List<Spread>(), Slots.Start());
        for (var accounts = 2; accounts <= mostAccounts; accounts++)
        {
            var (before, after) = (owners, Slots.Grow(owners));
            rows.Add(Of("slots", accounts, hashes, hash => before[hash >> 52], hash => after[hash >> 52]));
            var now = accounts;
            rows.Add(Of("jump hash", accounts, hashes, hash => JumpHash.Of(hash, now - 1), hash => JumpHash.Of(hash, now)));
            owners = after;
        }

        return rows;
    }

    private static Spread Of(string way, int accounts, ulong[] hashes, Func<ulong, int> before, Func<ulong, int> after)
    {
        var (counts, moved) = (new int[accounts], 0);
        foreach (var hash in hashes)
        {
            var now = after(hash);
            counts[now]++;
            moved += now == before(hash) ? 0 : 1;
        }

        return new Spread(way, accounts, counts.Max() / (hashes.Length / (double)accounts), moved / (double)hashes.Length);
    }
}
