using System.Globalization;
using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using Serverless.Emulator;
using Serverless.Testing;
using static Azure.Data.Tables.TableTransactionActionType;
using static Serverless.Banking.Tests.MemoryTables.Transcript;

namespace Serverless.Banking.Tests.MemoryTables;

/// <summary>The tables in memory that crash and model tests run on answer as Azurite does: every script here gives the same transcript on both.</summary>
public sealed class MemoryTableTests
{
    private static readonly ETag Stale = new("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");

    /// <summary>Azurite takes the quote for the key's end.</summary>
    private const string UnreadableInGroups = "(x)',RowKey='y";

    private static readonly Dictionary<string, Func<Transcript, Task>> Scripts = new()
    {
        ["one row's life"] = async t =>
        {
            await t.ReadAsync("p", "r");
            await t.LogAsync("get", async () => t.Show((await t.Table.GetEntityAsync<TableEntity>("p", "r")).Value));
            await t.AddAsync("p", "r", 1);
            await t.AddAsync("p", "r", 2);
            await t.ReadAsync("p", "r");
            var first = await t.DoAsync("merge", () => t.Table.UpdateEntityAsync(new TableEntity("p", "r") { ["Other"] = "x" }, ETag.All));
            await t.ReadAsync("p", "r");
            var second = await t.DoAsync("replace", () => t.Table.UpdateEntityAsync(Row("p", "r", 5L), first, TableUpdateMode.Replace));
            await t.ReadAsync("p", "r");
            await t.DoAsync("stale update", () => t.Table.UpdateEntityAsync(Row("p", "r"), first));
            await t.DoAsync("stale replace", () => t.Table.UpdateEntityAsync(Row("p", "r"), Stale, TableUpdateMode.Replace));
            await t.DoAsync("update without etag", () => t.Table.UpdateEntityAsync(Row("p", "r"), default));
            await t.DoAsync("update none", () => t.Table.UpdateEntityAsync(Row("p", "none"), ETag.All));
            await t.DoAsync("update none with etag", () => t.Table.UpdateEntityAsync(Row("p", "none"), Stale));
            await t.DoAsync("upsert merge", () => t.Table.UpsertEntityAsync(new TableEntity("p", "r") { ["Third"] = true }));
            await t.ReadAsync("p", "r");
            await t.DoAsync("upsert replace", () => t.Table.UpsertEntityAsync(Row("p", "r", "v"), TableUpdateMode.Replace));
            await t.ReadAsync("p", "r");
            await t.DoAsync("upsert new", () => t.Table.UpsertEntityAsync(Row("p", "s", "v")));
            await t.DoAsync("delete stale", () => t.Table.DeleteEntityAsync("p", "r", second));
            await t.DoAsync("delete none", () => t.Table.DeleteEntityAsync("p", "none"));
            await t.DoAsync("delete none with etag", () => t.Table.DeleteEntityAsync("p", "none", Stale));
            await t.DoAsync("delete", () => t.Table.DeleteEntityAsync("p", "r"));
            await t.DoAsync("delete again", () => t.Table.DeleteEntityAsync(Row("p", "r")));
            await t.QueryAsync(null);
        },
        ["groups"] = async t =>
        {
            await t.AddAsync("p", "a", 1);
            await t.AddAsync("p", "b", 1);
            var b = await t.DoAsync("upsert b", () => t.Table.UpsertEntityAsync(Row("p", "b", 2)));
            await t.GroupAsync("every kind", new(Add, Row("p", "c", 3)), new(UpdateMerge, new TableEntity("p", "a") { ["Other"] = 1 }), new(UpdateReplace, Row("p", "b", 9), b), new(UpsertMerge, Row("p", "d", 4)), new(UpsertReplace, Row("p", "e", 5)));
            foreach (var row in "abcde")
            {
                await t.ReadAsync("p", row.ToString());
            }

            await t.GroupAsync("first refused is named", new(Add, Row("p", "new")), new(Add, Row("p", "a")), new(UpdateReplace, Row("p", "b"), Stale));
            await t.GroupAsync("in the order of actions", new(Add, Row("p", "new")), new(UpdateReplace, Row("p", "b"), Stale), new(Add, Row("p", "a")));
            await t.GroupAsync("missing", new(Add, Row("p", "new")), new(UpdateReplace, Row("p", "none"), ETag.All));
            await t.GroupAsync("missing with etag", new(UpdateMerge, Row("p", "none"), Stale), new(Add, Row("p", "new")));
            await t.GroupAsync("delete missing", new(Add, Row("p", "new")), new(Delete, Row("p", "none"), ETag.All));
            await t.GroupAsync("delete stale", new(Add, Row("p", "new")), new(Delete, Row("p", "a"), Stale));
            await t.GroupAsync("one refused", new TableTransactionAction(Add, Row("p", "a")));
            await t.GroupAsync("one stale", new TableTransactionAction(UpdateReplace, Row("p", "a"), Stale));
            await t.GroupAsync("one", new TableTransactionAction(UpdateReplace, Row("p", "a", 7)));
            await t.GroupAsync("twice", new(UpsertMerge, Row("p", "a")), new(UpsertMerge, Row("p", "a")));
            await t.GroupAsync("add twice", new(Add, Row("p", "x")), new(Add, Row("p", "x")));
            await t.GroupAsync("two partitions", new(Add, Row("p", "x")), new(Add, Row("q", "x")));
            await t.GroupAsync("none");
            await t.GroupAsync("delete", new(Delete, Row("p", "c")), new(Delete, Row("p", "d"), ETag.All));
            await t.GroupAsync("100", [.. Enumerable.Range(0, 100).Select(n => new TableTransactionAction(Add, Row("h", $"{n:D3}")))]);
            await t.LogAsync("101", async () => await Assert.ThrowsAsync<TableTransactionFailedException>(() => t.Table.SubmitTransactionAsync(
                Enumerable.Range(0, 101).Select(n => new TableTransactionAction(Add, Row("i", $"{n:D3}"))))) is { Status: 400 } ? "refused" : "");
            await t.QueryAsync(null);
        },
        ["filters"] = async t =>
        {
            await t.Table.AddEntityAsync(new TableEntity("it's", "1") { ["I"] = 5, ["L"] = 10_000_000_000, ["D"] = 1.5, ["B"] = true, ["G"] = Id, ["T"] = Noon, ["S"] = "Çmim", ["X"] = new byte[] { 1, 2 } });
            await t.Table.AddEntityAsync(new TableEntity("it's", "2") { ["I"] = 6, ["L"] = 1L, ["D"] = 2.5, ["B"] = false, ["G"] = Guid.Empty, ["T"] = Noon.AddDays(1), ["S"] = "", ["X"] = new byte[] { 1 } });
            await t.Table.AddEntityAsync(new TableEntity("it's", "2|a") { ["I"] = -1, ["L"] = -1L, ["D"] = -2d, ["T"] = Noon.AddMilliseconds(1), ["S"] = "a b (c) and 'd'" });
            await t.Table.AddEntityAsync(new TableEntity("q", "1") { ["S"] = "Z" });
            foreach (var filter in new FormattableString[]
            {
                $"PartitionKey eq {"it's"}", $"PartitionKey eq {"it's"} and RowKey ge {"2"}", $"PartitionKey eq {"it's"} and RowKey gt {"2"} and RowKey lt {"2~"}",
                $"PartitionKey ge {"it's"} and PartitionKey lt {"it's~"}", $"PartitionKey gt {"it's"}", $"PartitionKey le {"it's"} and RowKey le {"1"}", $"RowKey eq {"1"}", $"RowKey lt {"2"}", $"RowKey lt {"0"}",
                $"PartitionKey eq {"it's"} and RowKey gt {"3"} and RowKey lt {"1"}", $"PartitionKey eq {"none"}", $"PartitionKey ne {"q"}",
                $"I eq {5}", $"I gt {5}", $"I ne {5}", $"I ge {-1} and I le {5}", $"L gt {1L}", $"L eq {10_000_000_000}", $"L lt {0L}", $"L ge {-1L} and L ne {1L}",
                $"D eq {2.5}", $"D lt {2d}", $"D ge {-2d}", $"B eq {true}", $"B eq {false}", $"B ne {true}", $"G eq {Id}", $"T ge {Noon.AddMilliseconds(1)}", $"T lt {Noon.AddMilliseconds(1)}", $"T eq {Noon}",
                $"S eq {""}", $"S eq {"a b (c) and 'd'"}", $"S ge {"Z"}", $"X eq {new byte[] { 1, 2 }}",
                $"(PartitionKey eq {"it's"}) and (not (I eq {5}))", $"I eq {5} or I eq {6} and B eq {false}", $"(I eq {5} or I eq {6}) and B eq {false}", $"not (RowKey eq {"1"} or I eq {6})",
            })
            {
                await t.QueryAsync(TableClient.CreateQueryFilter(filter));
            }

            await t.QueryAsync(TableClient.CreateQueryFilter<PaymentRow>(row => row.PartitionKey == "it's" && row.RowKey.CompareTo("1") > 0));
            await t.QueryAsync("PartitionKey eq");
        },
        ["select"] = async t =>
        {
            await t.Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2L });
            await t.ReadAsync("p", "r", "A");
            await t.ReadAsync("p", "r", "PartitionKey");
            await t.ReadAsync("p", "r", "None");
            await t.LogAsync("query", async () => t.Show((await t.Table.QueryAsync<TableEntity>(select: ["B", "RowKey"]).ToListAsync()).Single()));
        },
        ["pages"] = async t =>
        {
            foreach (var partition in new[] { "b", "a", "c" })
            {
                await t.GroupAsync("fill", [.. Enumerable.Range(0, 8).Select(n => new TableTransactionAction(Add, Row(partition, $"{7 - n}", n % 2)))]);
            }

            await t.QueryAsync(null, 5);
            await t.QueryAsync(null, 8);
            await t.QueryAsync(null, 24);
            await t.QueryAsync("Value eq 1", 4);
            await t.QueryAsync("Value eq 1", 12);
            await t.QueryAsync("PartitionKey eq 'b' and RowKey gt '2'", 2);
            await t.LogAsync("rows come and go between pages", async () =>
            {
                var seen = new List<string>();
                await foreach (var page in t.Table.QueryAsync<TableEntity>("PartitionKey eq 'a'", 3).AsPages())
                {
                    seen.AddRange(page.Values.Select(row => row.RowKey));
                    await t.Table.DeleteEntityAsync("a", "3");
                    await t.Table.UpsertEntityAsync(Row("a", "0"));
                    await t.Table.UpsertEntityAsync(Row("a", "45"));
                }

                return string.Join(' ', seen);
            });
            await t.LogAsync("resumed", async () =>
            {
                var first = await t.Table.QueryAsync<TableEntity>(maxPerPage: 9).AsPages().FirstAsync();
                var rest = await t.Table.QueryAsync<TableEntity>().AsPages(first.ContinuationToken, pageSizeHint: 10).ToListAsync();
                return string.Join(' ', rest.Select(page => $"{page.Values.Count} from {page.Values[0].PartitionKey}/{page.Values[0].RowKey}"));
            });
        },
        ["a page has 1000 rows"] = async t =>
        {
            foreach (var chunk in Enumerable.Range(0, 1001).Chunk(100))
            {
                await t.Table.SubmitTransactionAsync(chunk.Select(n => new TableTransactionAction(Add, Row("p", $"{n:D4}"))));
            }

            await t.QueryAsync(null);
            await t.QueryAsync("RowKey ge '0001'");
        },
        ["types"] = async t =>
        {
            await t.Table.AddEntityAsync(new TableEntity("p", "all")
            {
                ["String"] = "Çmimi është \"1\"\r\n€ 😀",
                ["Empty"] = "",
                ["Int"] = int.MinValue,
                ["Long"] = long.MaxValue,
                ["SmallLong"] = 1L,
                ["Double"] = 0.1,
                ["Whole"] = 2d,
                ["NaN"] = double.NaN,
                ["Infinity"] = double.NegativeInfinity,
                ["True"] = true,
                ["Moment"] = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)).AddTicks(7),
                ["Utc"] = Noon.UtcDateTime,
                ["Guid"] = Id,
                ["Bytes"] = new byte[] { 0, 255 },
                ["Data"] = BinaryData.FromBytes(new byte[] { 1 }),
                ["Enum"] = DayOfWeek.Friday,
                ["Null"] = null!,
            });
            await t.ReadAsync("p", "all");
            await t.LogAsync("query", async () => t.Show((await t.Table.QueryAsync<TableEntity>().ToListAsync()).Single()));
            await t.DoAsync("decimal", () => t.Table.AddEntityAsync(Row("p", "decimal", 1.5m)));
            await t.DoAsync("local time", () => t.Table.AddEntityAsync(Row("p", "local", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local))));
            await t.DoAsync("null merged", () => t.Table.UpdateEntityAsync(new TableEntity("p", "all") { ["String"] = null!, ["Int"] = 1L }, ETag.All));
            await t.ReadAsync("p", "all");
        },
        ["classes"] = async t =>
        {
            await t.DoAsync("add", () => t.Table.AddEntityAsync(new PaymentRow
            {
                PartitionKey = "p",
                RowKey = "r",
                Text = "x",
                Count = 3,
                Minor = 5,
                IsOpen = true,
                At = Noon,
                Day = DayOfWeek.Friday,
                Renamed = "renamed",
                NotStored = "no",
                Hidden = "no",
            }));
            await t.ReadAsync("p", "r");
            await t.LogAsync("class", async () => (await t.Table.GetEntityAsync<PaymentRow>("p", "r")).Value.ToString());
            await t.LogAsync("selected", async () => (await t.Table.GetEntityAsync<PaymentRow>("p", "r", ["Count", "Day"])).Value.ToString());
            await t.LogAsync("queried", async () => (await t.Table.QueryAsync<PaymentRow>(row => row.Day == DayOfWeek.Friday).ToListAsync()).Single().ToString());
            await t.DoAsync("other types", () => t.Table.UpsertEntityAsync(new TableEntity("p", "s") { ["Minor"] = 7, ["Rate"] = 2 }));
            await t.LogAsync("int as long and double", async () => (await t.Table.GetEntityAsync<PaymentRow>("p", "s")).Value.ToString());
            await t.DoAsync("wrong type", () => t.Table.UpsertEntityAsync(new TableEntity("p", "s") { ["Count"] = "three" }));
            await t.LogAsync("text as int", async () => (await t.Table.GetEntityAsync<PaymentRow>("p", "s")).Value.ToString());
        },
        ["keys"] = async t =>
        {
            foreach (var key in new[] { "it's", "''", "100%", "a%27b", "a b+c&d=e;f,g", UnreadableInGroups, "{PUT} \"quoted\"", "Tiranë €", "", "a|b", "~", "A", "a", "_", "-", "0", ":", "." })
            {
                await t.AddAsync("p", key, "row");
                await t.ReadAsync("p", key);
                await t.AddAsync(key, "r", "partition");
                if (key != UnreadableInGroups)
                {
                    await t.GroupAsync("update", new TableTransactionAction(UpdateReplace, Row("p", key, "updated")));
                }
            }

            await t.QueryAsync(null, 5);
        },
        ["refused keys and values"] = async t =>
        {
            foreach (var key in new[] { "a/b", "a\\b", "a#b", "a?b" })
            {
                await t.LogAsync(key, async () => (await Assert.ThrowsAsync<RequestFailedException>(() => t.Table.AddEntityAsync(Row("p", key)))).Status.ToString(CultureInfo.InvariantCulture));
            }

            await t.DoAsync("32768 characters", () => t.Table.AddEntityAsync(Row("p", "long", new string('x', 32 * 1024))));
            await t.DoAsync("32769 characters", () => t.Table.AddEntityAsync(Row("p", "longer", new string('x', (32 * 1024) + 1))));
            await t.DoAsync("65536 bytes", () => t.Table.AddEntityAsync(Row("p", "bytes", new byte[64 * 1024])));
            await t.DoAsync("65537 bytes", () => t.Table.AddEntityAsync(Row("p", "more bytes", new byte[(64 * 1024) + 1])));
            await t.DoAsync("key of 512", () => t.Table.AddEntityAsync(Row("p", new string('k', 512))));
            await t.DoAsync("no key", () => t.Table.AddEntityAsync(new TableEntity("p", null!)));
        },
        ["no table"] = async t =>
        {
            await t.DoAsync("drop", () => t.Table.DeleteAsync());
            await t.DoAsync("drop again", () => t.Table.DeleteAsync());
            await t.AddAsync("p", "r");
            await t.ReadAsync("p", "r");
            await t.LogAsync("get", async () => t.Show((await t.Table.GetEntityAsync<TableEntity>("p", "r")).Value));
            await t.DoAsync("update", () => t.Table.UpdateEntityAsync(Row("p", "r"), ETag.All));
            await t.DoAsync("upsert", () => t.Table.UpsertEntityAsync(Row("p", "r")));
            await t.DoAsync("delete", () => t.Table.DeleteEntityAsync("p", "r"));
            await t.QueryAsync(null);
            await t.LogAsync("group", async () => await Assert.ThrowsAsync<TableTransactionFailedException>(() => t.Table.SubmitTransactionAsync([new(Add, Row("p", "r"))])) is { } e ? $"{e.Status} {e.ErrorCode}" : "");
            await t.LogAsync("create", async () => (await t.Table.CreateIfNotExistsAsync()).GetRawResponse().Status.ToString(CultureInfo.InvariantCulture));
            await t.LogAsync("create if missing", async () => (await t.Table.CreateIfNotExistsAsync()).GetRawResponse().Status.ToString(CultureInfo.InvariantCulture));
            await t.LogAsync("create again", async () => (await t.Table.CreateAsync()).GetRawResponse().Status.ToString(CultureInfo.InvariantCulture));
        },
    };

    public static TheoryData<string> Names => [.. Scripts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tables_in_memory_answer_as_Azurite_does(string script) => await CompareAsync(Scripts[script]);

    /// <summary>Few keys and remembered ETags, so that conflicts, stale updates and repeats are common.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Tables_in_memory_answer_as_Azurite_does_to_any_sequence_of_calls(int seed) => await CompareAsync(async t =>
    {
        var random = new Random(seed);
        var known = new List<ETag> { ETag.All };
        for (var call = 0; call < 60; call++)
        {
            var (partition, row, etag) = ($"p{random.Next(2)}", $"r{random.Next(5)}", known[random.Next(known.Count)]);
            var entity = new TableEntity(partition, row) { [$"C{random.Next(3)}"] = random.Next(10), ["Text"] = $"{random.Next(3)}" };
            var kind = random.Next(9);
            var given = await (kind switch
            {
                0 => t.DoAsync($"add {partition}/{row}", () => t.Table.AddEntityAsync(entity)),
                1 => t.DoAsync($"update {partition}/{row}", () => t.Table.UpdateEntityAsync(entity, etag)),
                2 => t.DoAsync($"replace {partition}/{row}", () => t.Table.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace)),
                3 => t.DoAsync($"upsert {partition}/{row}", () => t.Table.UpsertEntityAsync(entity, random.Next(2) == 0 ? TableUpdateMode.Merge : TableUpdateMode.Replace)),
                4 => t.DoAsync($"delete {partition}/{row}", () => t.Table.DeleteEntityAsync(partition, row, etag)),
                5 => Nothing(t.ReadAsync(partition, row)),
                6 => Nothing(t.QueryAsync($"C1 ge {random.Next(10)} and RowKey ge 'r{random.Next(5)}'", random.Next(1, 4))),
                _ => Nothing(t.GroupAsync("group", [.. Enumerable.Range(0, 5).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(n =>
                    new TableTransactionAction((TableTransactionActionType)random.Next(6), new TableEntity(partition, $"r{n}") { [$"C{random.Next(3)}"] = n }, known[random.Next(known.Count)]))])),
            });
            if (given != default)
            {
                known.Add(given);
            }
        }

        await t.LogAsync("all", async () => string.Join(Environment.NewLine, (await t.Table.QueryAsync<TableEntity>().ToListAsync()).Select(t.Show)));

        static async Task<ETag> Nothing(Task task)
        {
            await task;
            return default;
        }
    });

    /// <summary>What the service refuses and Azurite lets pass, and the other way round.</summary>
    [Fact]
    public async Task Tables_in_memory_keep_the_services_limits_where_Azurite_does_not()
    {
        var table = NewInMemory();
        await table.CreateAsync();
        var wide = new TableEntity("p", "wide");
        for (var column = 0; column < 253; column++)
        {
            wide[$"C{column}"] = 1;
        }

        var large = new TableEntity("p", "large");
        for (var column = 0; column < 17; column++)
        {
            large[$"C{column}"] = new string('x', 32 * 1024);
        }

        await RefusedAsync(table.AddEntityAsync(wide), "TooManyProperties");
        await RefusedAsync(table.AddEntityAsync(large), "EntityTooLarge");
        await RefusedAsync(table.AddEntityAsync(Row("p", new string('k', 513))), "KeyValueTooLarge");
        await RefusedAsync(table.AddEntityAsync(new TableEntity("p", "name") { [new string('n', 256)] = 1 }), "PropertyNameTooLong");
        await RefusedAsync(table.AddEntityAsync(Row("p", "a\u0001b")), "OutOfRangeInput");

        large.Remove("C16");
        large.Remove("C15");
        await RefusedAsync(
            table.SubmitTransactionAsync(Enumerable.Range(0, 5).Select(n => new TableTransactionAction(Add, new TableEntity(large) { RowKey = $"{n}" }))), "ContentLengthExceeded");
        Assert.Empty(await table.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task A_call_in_memory_can_be_killed_or_broken_before_and_after_its_effect_each_page_of_a_query_too()
    {
        var probe = new StorageProbe();
        var account = new MemoryTableAccount();
        var (table, other) = (new MemoryTableService(account, probe).GetTableClient("t"), new MemoryTableService(account).GetTableClient("t"));
        await other.CreateAsync();

        probe.KillAt(1, KillMoment.Before);
        await Assert.ThrowsAsync<ProcessKilledException>(() => table.AddEntityAsync(Row("p", "before")));
        probe.KillAt(2, KillMoment.After);
        await table.AddEntityAsync(Row("p", "first"));
        await Assert.ThrowsAsync<ProcessKilledException>(() => table.AddEntityAsync(Row("p", "second")));
        await Assert.ThrowsAsync<ProcessKilledException>(() => table.AddEntityAsync(Row("p", "dead")));
        Assert.Equal(["first", "second"], await other.QueryAsync<TableEntity>().Select(row => row.RowKey).ToListAsync());

        probe.KillAt(2, KillMoment.Before);
        var seen = 0;
        await Assert.ThrowsAsync<ProcessKilledException>(async () =>
        {
            await foreach (var _ in table.QueryAsync<TableEntity>(maxPerPage: 1))
            {
                seen++;
            }
        });
        Assert.Equal((1, "GET t()"), (seen, probe.Calls[1]));

        probe.Reset();
        probe.Break(call => call.Number == 1 ? StorageFault.AnswerLost : StorageFault.None);
        Assert.Equal(409, (await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(Row("p", "third")))).Status);
        probe.Reset();
        probe.Break(_ => StorageFault.ServerBusy);
        Assert.Equal(503, (await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync([new(Add, Row("p", "fourth"))]))).Status);
        Assert.Equal(4, probe.Calls.Count);
        probe.Reset();
        probe.Break(_ => StorageFault.ConnectionLostBefore);
        await Assert.ThrowsAsync<AggregateException>(() => table.DeleteEntityAsync("p", "first"));
        Assert.Equal(["first", "second", "third"], await other.QueryAsync<TableEntity>().Select(row => row.RowKey).ToListAsync());
    }

    private static async Task CompareAsync(Func<Transcript, Task> script)
    {
        var azurite = new Transcript(new TableServiceClient((await AzuriteServer.SharedAsync()).ConnectionString).GetTableClient($"t{Guid.NewGuid():N}"));
        var memory = new Transcript(NewInMemory());
        foreach (var transcript in new[] { azurite, memory })
        {
            await transcript.Table.CreateAsync();
            await script(transcript);
        }

        Assert.Equal(azurite.ToString(), memory.ToString());
        Assert.NotEmpty(azurite.ToString());
    }

    private static TableClient NewInMemory() => new MemoryTableService(new MemoryTableAccount()).GetTableClient("memory");

    private static async Task RefusedAsync(Task call, string code) => Assert.Equal(code, (await Assert.ThrowsAnyAsync<RequestFailedException>(() => call)).ErrorCode);

    private sealed class PaymentRow : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string? Text { get; set; }

        public int Count { get; set; }

        public int? Absent { get; set; }

        public long Minor { get; set; }

        public double Rate { get; set; }

        public bool IsOpen { get; set; }

        public DateTimeOffset At { get; set; }

        public DayOfWeek Day { get; set; }

        [DataMember(Name = "renamed_column")]
        public string? Renamed { get; set; }

        [IgnoreDataMember]
        public string? NotStored { get; set; }

        internal string? Hidden { get; set; }

        public override string ToString() =>
            $"{PartitionKey}/{RowKey} {Timestamp is null} {ETag == default} {Text} {Count} {Absent} {Minor} {Rate} {IsOpen} {At:O} {Day} {Renamed} {NotStored} {Hidden}";
    }
}
