using Serverless.Banking.Documents;

namespace Serverless.Banking.Applications;

/// <param name="Sha256">Of the file: what is confirmed, and signed later.</param>
public sealed record ShownContract(ProductApplication Application, string Sha256, DocumentReference Document);

/// <summary>Shows the contract of an approved card, and records that it was read and confirmed (PROD-15).</summary>
public sealed class ConfirmCardContract
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly CardContract contract;

    internal ConfirmCardContract(ApplicationTable table, ApplicationCourse course, CardContract contract) => (this.table, this.course, this.contract) = (table, course, contract);

    /// <returns>Or, first match: <see cref="ApplicationNotFound"/>, <see cref="StepNotPossible"/> (not approved).</returns>
    public async Task<Result<ShownContract>> ShowAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer || record.It.Product != ApplicationProduct.CreditCard)
            return new ApplicationNotFound();
        if (record.It.Timeline.All(step => step.State != ApplicationState.Approved))
            return new StepNotPossible(record.It.SeenAt(course.Now).State);
        var (_, hash, language) = await contract.MakeAsync(record.It, cancellation);
        return new ShownContract(record.It, hash, contract.DocumentOf(record.It, language));
    }

    /// <summary>The file is kept first, under its hash.</summary>
    /// <returns>The application, also when it was confirmed before. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="StepNotPossible"/>, <see cref="ContractDiffers"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, Guid id, string sha256, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer || record.It.Product != ApplicationProduct.CreditCard)
            return new ApplicationNotFound();
        if (record.It.Card.ContractHash == sha256)
            return record.It;
        if (record.It.SeenAt(course.Now) is { State: not ApplicationState.Approved } gone)
            return new StepNotPossible(gone.State);
        var (file, hash, _) = await contract.MakeAsync(record.It, cancellation);
        if (hash != sha256)
            return new ContractDiffers(hash);
        await contract.KeepAsync(record.It, file, hash, CancellationToken.None);
        record = await table.ChangeAsync(
            record,
            it => it.State == ApplicationState.Approved && it.Card.ContractHash is null ? it with { Card = it.Card with { ContractHash = hash, ContractConfirmedAt = course.Now } } : null,
            CancellationToken.None);
        return record.It.Card.ContractHash == hash ? record.It : new StepNotPossible(record.It.SeenAt(course.Now).State);
    }
}
