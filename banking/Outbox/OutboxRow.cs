using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Outbox;

/// <summary>What must follow a write, written in the write's own group: there exactly when the write is (docs/adr/0021).</summary>
/// <param name="Table">The write's table and partition.</param>
/// <param name="Kind">Names the <see cref="IFollowUp"/>.</param>
/// <param name="Id">Derived from the order, so that its repetition is the same row.</param>
/// <param name="Content">What the follow-up needs, as <see cref="StoredJson"/> writes it; no secrets.</param>
internal sealed record OutboxRow(string Table, string Partition, string Kind, Guid Id, string Content)
{
    public string RowKey => KeyOf(Id);

    public static OutboxRow Of<T>(string table, string partition, string kind, Guid id, T content) => new(table, partition, kind, id, StoredJson.Write(content));

    /// <summary>The group's own action.</summary>
    public TableTransactionAction Add() =>
        new(TableTransactionActionType.Add, new TableEntity(Partition, RowKey) { [nameof(Kind)] = Kind, [nameof(Content)] = Content });

    public static OutboxRow From(string table, Guid id, TableEntity row) => new(table, row.PartitionKey, row.GetString(nameof(Kind))!, id, row.GetString(nameof(Content))!);

    public static string KeyOf(Guid id) => $"outbox|{id:N}";
}

/// <summary>Does what follows a write of one kind: messages, trail, sessions. It may run twice, and at the same moment.</summary>
internal interface IFollowUp
{
    string Kind { get; }

    /// <param name="content">As <see cref="OutboxRow.Of"/> was given it.</param>
    Task RunAsync(string content);
}
