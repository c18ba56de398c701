using Azure.Core;
using Azure.Data.Tables.Internal;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <content>Entity-group transactions.</content>
public partial class TableClient
{
    /// <summary>Applies all actions or none.</summary>
    /// <param name="transactionActions">1 to 100, all of one partition, each row at most once.</param>
    /// <returns>One answer per action in their order, each with its new ETag.</returns>
    /// <exception cref="TableTransactionFailedException">One action was refused, and with it all.</exception>
    /// <exception cref="InvalidOperationException">There is no action.</exception>
    public virtual Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        using var message = Transaction(transactionActions);
        _requests.Send(message, cancellationToken);
        return Applied(message);
    }

    /// <inheritdoc cref="SubmitTransaction"/>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        using var message = Transaction(transactionActions);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return Applied(message);
    }

    private HttpMessage Transaction(IEnumerable<TableTransactionAction> transactionActions)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var actions = transactionActions as IReadOnlyList<TableTransactionAction> ?? [.. transactionActions];
        if (actions.Count == 0)
            throw new InvalidOperationException("The transaction holds no action.");

        RefuseSecondPartition(actions);
        return _requests.Batch(TransactionBody.Write(_requests.Endpoint, Name, actions));
    }

    /// <summary>The service refuses a second partition, Azurite does not; so that nobody finds out in Azure, the answer is given here.</summary>
    private static void RefuseSecondPartition(IReadOnlyList<TableTransactionAction> actions)
    {
        for (var index = 1; index < actions.Count; index++)
        {
            if (actions[index].Entity.PartitionKey == actions[0].Entity.PartitionKey)
                continue;

            var refused = new RequestFailedException(
                400,
                $"{index}:All commands in a batch must operate on same entity group.",
                TableErrorCode.CommandsInBatchActOnDifferentPartitions.ToString(),
                null);
            refused.Data[TableErrorParser.FailedEntityIndex] = $"{index}";
            throw new TableTransactionFailedException(refused);
        }
    }

    private static Response<IReadOnlyList<Response>> Applied(HttpMessage message)
    {
        var response = message.Response;
        if (response.Status != 202)
            throw new TableTransactionFailedException(new RequestFailedException(response));

        var parts = TransactionAnswer.Read(response);
        foreach (var part in parts)
        {
            if (part.IsError)
                throw new TableTransactionFailedException(new RequestFailedException(part, null, TableErrorParser.Instance));
        }

        return Response.FromValue(parts, response);
    }
}
