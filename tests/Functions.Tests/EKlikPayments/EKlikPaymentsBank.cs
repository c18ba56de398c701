using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlikPayments;

/// <summary>One bank for everything that eKlik's users do once they are signed in, and for the bank's public pages.</summary>
public sealed class EKlikPaymentsBank : TransferBank
{
    public const string Name = "eKlik payments";

    /// <summary>A session of an eKlik user of the customer.</summary>
    /// <param name="rights"><c>payment</c> or <c>info</c>.</param>
    public async Task<Sender> EKlikAsync(string number, string rights = "payment") => new(
        this, number, (await Bank.SignIn.RunAsync(new SignInWish(number, rights, User: $"{rights}.{number}"))).Token);
}

[CollectionDefinition(EKlikPaymentsBank.Name)]
public sealed class EKlikPayments : ICollectionFixture<EKlikPaymentsBank>;
