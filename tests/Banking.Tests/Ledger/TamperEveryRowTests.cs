using Azure.Data.Tables;
using Serverless.Banking.Ledger;
using static Serverless.Banking.Tests.Ledger.TamperedBooks;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Whatever is changed, deleted, inserted or swapped past the ledger, in whichever row, the proof names where.</summary>
public sealed class TamperEveryRowTests
{
    /// <summary>
    /// Rows that say what shall not happen, or not happen again. No money is on them: a change is seen by their seal, and their absence by nobody, because whoever
    /// writes them does so without the head (docs/adr/0002-ledger-on-tables.md says why). Of a diverted credit the entry in suspense is counted.
    /// </summary>
    private static readonly string[] ReferredToByNothing = ["marker Diverted", "marker Voided", "reversal"];

    [Fact]
    public async Task The_books_under_test_have_a_row_of_every_kind()
    {
        await using var books = await StartAsync();

        Assert.Equal(
            [
                "acct", "bank", "entry", "hold Captured", "hold Expired", "hold Held", "hold Released", "journal Posted", "marker Diverted", "marker Posted", "marker Voided", "reversal",
            ],
            (await books.RowsAsync()).Select(Kind).Select(kind => kind == LedgerKeys.Head ? "acct" : kind).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_changed_character_digit_or_flag_in_any_column_of_any_row_is_named()
    {
        await using var books = await StartAsync();
        var random = new Random(1);
        var tried = 0;

        foreach (var row in await books.RowsAsync())
        {
            foreach (var column in Columns(row))
            {
                foreach (var other in Others(row[column], random))
                {
                    var faults = await books.WithAsync(row, changed => changed[column] = other);
                    Assert.True(Names(faults, row), $"{column} of {Kind(row)} {row.PartitionKey}/{row.RowKey} is {other} instead of {row[column]}, and the proof says: {string.Join("; ", faults)}");
                    tried++;
                }
            }
        }

        Assert.True(tried > 1400, $"{tried}");
        Assert.Empty(await books.ProveAsync());
    }

    [Fact]
    public async Task A_column_removed_added_or_of_another_type_is_named()
    {
        await using var books = await StartAsync();

        foreach (var row in (await books.RowsAsync()).GroupBy(Kind).SelectMany(kind => kind.Take(2)))
        {
            foreach (var column in Columns(row))
            {
                Assert.True(Names(await books.WithAsync(row, changed => changed.Remove(column)), row), $"{Kind(row)} without {column}");
                object retyped = row[column] is string text ? System.Text.Encoding.UTF8.GetBytes(text) : Convert.ToString(row[column], System.Globalization.CultureInfo.InvariantCulture)!;
                var faults = await books.WithAsync(row, changed =>
                {
                    changed.Remove(column);
                    changed[column] = retyped;
                });
                Assert.True(Names(faults, row), $"{Kind(row)} with {column} as {retyped.GetType().Name}");
            }

            Assert.True(Names(await books.WithAsync(row, changed => changed["More"] = 1L), row), $"{Kind(row)} with one more");
        }
    }

    [Fact]
    public async Task A_deleted_row_is_missed()
    {
        await using var books = await StartAsync();
        var unmissed = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var row in await books.RowsAsync())
        {
            if ((await books.WithoutAsync(row)).Count == 0)
            {
                unmissed.Add(Kind(row));
            }
        }

        Assert.Equal(ReferredToByNothing, unmissed);
    }

    [Fact]
    public async Task A_row_inserted_under_another_key_is_named_even_when_its_hash_is_made_again()
    {
        await using var books = await StartAsync();

        foreach (var row in (await books.RowsAsync()).GroupBy(Kind).SelectMany(kind => kind.Take(2)))
        {
            var copy = new TableEntity(row) { RowKey = Another(row.RowKey) };
            Assert.True(Names(await books.WithAddedAsync(copy), copy), $"a copy of {Kind(row)} {row.RowKey}");
            var faults = await books.WithAddedAsync(RowSeal.Seal(copy));
            Assert.True(faults.Count > 0 || ReferredToByNothing.Contains(Kind(row)), $"a forged copy of {Kind(row)} {row.RowKey}");
        }
    }

    [Fact]
    public async Task Two_rows_with_each_others_content_are_named()
    {
        await using var books = await StartAsync();

        foreach (var kind in (await books.RowsAsync()).GroupBy(Kind))
        {
            var rows = kind.ToArray();
            for (var i = 1; i < rows.Length; i++)
            {
                var (one, other) = (rows[i - 1], rows[i]);
                var faults = await books.WithSwappedAsync(one, other);
                Assert.True(Names(faults, one) && Names(faults, other), $"{one.RowKey} and {other.RowKey} swapped, and the proof says: {string.Join("; ", faults)}");
                var forged = await books.WithSwappedAsync(Sealed(one, other), Sealed(other, one));
                Assert.True(forged.Count > 0 || ReferredToByNothing.Contains(kind.Key), $"{kind.Key} {one.RowKey} and {other.RowKey} swapped with new hashes");
            }
        }

        // The seal that the row needs where it is going; what else makes it that row's stays.
        static TableEntity Sealed(TableEntity row, TableEntity place)
        {
            var moved = RowSeal.Seal(new TableEntity(row) { PartitionKey = place.PartitionKey, RowKey = place.RowKey });
            return new TableEntity(row) { [RowSeal.Column] = moved[RowSeal.Column] };
        }
    }

    /// <summary>Of a text its first, its last and a character anywhere; of a number one more and its opposite.</summary>
    private static IEnumerable<object> Others(object value, Random random) => value switch
    {
        long number => new object[] { number + 1, number == 0 ? -1L : -number },
        bool flag => [!flag],
        string { Length: > 0 } text => new[] { 0, text.Length - 1, random.Next(text.Length) }.Distinct().Select(at =>
            (object)$"{text[..at]}{(char)(text[at] ^ 1)}{text[(at + 1)..]}"),
        _ => ["x"],
    };

    private static string Another(string key) => key[..^1] + (key[^1] == '0' ? '1' : '0');
}
