using Azure.Core;
using Azure.Data.Tables.Internal;

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
        return actions.Count == 0
            ? throw new InvalidOperationException("The transaction holds no action.")
            : _requests.Batch(TransactionBody.Write(_requests.Endpoint, Name, actions));
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
