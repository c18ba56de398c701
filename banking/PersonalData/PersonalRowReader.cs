using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Serverless.Banking.Accounts;
using Serverless.Banking.Deposits;
using Serverless.Banking.EKlik;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PersonalData;

/// <summary>Finds a person's rows.</summary>
internal sealed class PersonalRowReader(BankTables tables, ListAccounts accounts, EKlikTable eKlik, DepositTable deposits)
{
    private const string TransferRow = "transfer|";

    public async IAsyncEnumerable<TableEntity> ReadAsync(PersonalHolding holding, CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = tables.Open(holding.Table);
        await foreach (var filter in FiltersAsync(holding.Rows, customer, cancellation))
        {
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
                yield return row;
        }
    }

    private async IAsyncEnumerable<string> FiltersAsync(PersonalRows rows, CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        switch (rows)
        {
            case PersonalRows.Customer:
                yield return Partition(customer.Value);
                break;
            case PersonalRows.CustomerPrefixed:
                yield return Partition($"customer|{customer.Value}");
                break;
            case PersonalRows.CustomerColumn:
                yield return TableClient.CreateQueryFilter($"Customer eq {customer.Value}");
                break;
            case PersonalRows.Account or PersonalRows.AccountPrefixed:
                await foreach (var account in accounts.IdsAsync(customer, cancellation))
                    yield return Partition((rows == PersonalRows.AccountPrefixed ? "account|" : "") + account.Value.ToString("N"));
                break;
            case PersonalRows.Transfer:
                foreach (var prefix in (string[])[TransferRow, TransferKeys.FirstReceived])
                {
                    var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey ge {prefix} and RowKey lt {prefix + "~"}");
                    await foreach (var row in tables.Open(TransferKeys.Table).QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
                        yield return Partition(row.RowKey[prefix.Length..]);
                }

                break;
            case PersonalRows.Deposit:
                await foreach (var deposit in deposits.ListAsync(customer, cancellation))
                    yield return Partition(deposit.Account.Value.ToString("N"));
                break;
            case PersonalRows.EKlikUser:
                foreach (var user in await eKlik.ListAsync(customer, cancellation))
                    yield return Partition(EKlikTable.Partition(user.UserName));
                break;
            default:
                throw new InvalidOperationException($"Where are rows {rows}?");
        }
    }

    private static string Partition(string name) => TableClient.CreateQueryFilter($"PartitionKey eq {name}");
}
