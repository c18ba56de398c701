using System.Globalization;

namespace Serverless.Testing;

/// <summary>What the service takes in one row and one group. Source: "Understanding the Table service data model" and "Performing entity group transactions" of Azure's documentation.</summary>
internal static class TableLimits
{
    private const int PropertiesAtMost = 252;
    private const int NameAtMost = 255;
    private const int KeyCharactersAtMost = 512;
    private const int ValueBytesAtMost = 64 * 1024;
    private const int RowBytesAtMost = 1024 * 1024;
    private const int GroupBytesAtMost = 4 * 1024 * 1024;

    /// <exception cref="Azure.RequestFailedException">400, or 413 for a group that is too large.</exception>
    public static void Check(MemoryChange[] changes, bool isGroup)
    {
        long group = 0;
        HashSet<string>? keys = changes.Length > 1 ? new(StringComparer.Ordinal) : null;
        for (var index = 0; index < changes.Length; index++)
        {
            int? named = isGroup ? index : null;
            if (keys?.Add(changes[index].Key) == false)
            {
                throw MemoryRefusal.Of(
                    400, "InvalidDuplicateRow", "The batch request contains multiple changes with same row key. An entity can appear only once in a batch request.", named);
            }

            CheckKey(changes[index].Partition, named);
            CheckKey(changes[index].Key, named);
            group += CheckColumns(changes[index], named);
        }

        if (group > GroupBytesAtMost)
        {
            throw MemoryRefusal.Of(413, "ContentLengthExceeded", "The content length for the requested operation has exceeded the limit.", null);
        }
    }

    private static void CheckKey(string key, int? index)
    {
        if (key.Length > KeyCharactersAtMost)
        {
            throw MemoryRefusal.Of(400, "KeyValueTooLarge", "The key value is too large.", index);
        }

        foreach (var character in key)
        {
            if (character is '/' or '\\' or '#' or '?' || char.IsControl(character))
            {
                throw MemoryRefusal.Of(
                    400, "OutOfRangeInput", string.Create(CultureInfo.InvariantCulture, $"The key has the disallowed character U+{(int)character:X4}."), index);
            }
        }
    }

    private static long CheckColumns(MemoryChange change, int? index)
    {
        if (change.Columns.Count > PropertiesAtMost)
        {
            throw MemoryRefusal.Of(400, "TooManyProperties", "The entity contains more properties than allowed.", index);
        }

        long size = 4 + ((change.Partition.Length + change.Key.Length) * 2);
        foreach (var (name, value) in change.Columns)
        {
            long bytes = value switch
            {
                string text => text.Length * 2L,
                byte[] data => data.Length,
                _ => 16,
            };
            if (bytes > ValueBytesAtMost)
            {
                throw MemoryRefusal.Of(400, "PropertyValueTooLarge", "The property value exceeds the maximum allowed size (64KB).", index);
            }

            if (name.Length > NameAtMost)
            {
                throw MemoryRefusal.Of(400, "PropertyNameTooLong", "The property name exceeds the maximum allowed length.", index);
            }

            size += 8 + (name.Length * 2) + bytes;
        }

        return size <= RowBytesAtMost ? size : throw MemoryRefusal.Of(400, "EntityTooLarge", "The entity is larger than the maximum size permitted.", index);
    }
}
