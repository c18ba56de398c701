using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Applications;

/// <summary>The privacy policy, which is read before the identification begins (PROD-16).</summary>
public sealed class ReadPrivacyPolicy
{
    public const string Current = "2026-01";

    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;

    internal ReadPrivacyPolicy(ApplicationTable table, ApplicationCourse course) => (this.table, this.course) = (table, course);

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Show(Language language) => ApplicationTerms.ReadText($"{Current}.privacy", language);

    /// <returns>The application, which waits for the identification now: wake its workflow. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="PrivacyPolicyDiffers"/>,
    /// <see cref="StepNotPossible"/>, <see cref="ContractNotConfirmed"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, Guid id, string version, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer || record.It.Product != ApplicationProduct.CreditCard)
            return new ApplicationNotFound();
        if (version != Current)
            return new PrivacyPolicyDiffers(Current);
        if (record.It.Card.PrivacyPolicy == version)
            return record.It;
        if (record.It.SeenAt(course.Now) is { State: not ApplicationState.Approved } gone)
            return new StepNotPossible(gone.State);
        if (record.It.Card.ContractHash is null)
            return new ContractNotConfirmed();
        record = await table.ChangeAsync(
            record, it => it.State == ApplicationState.Approved && it.SeenAt(course.Now).State == it.State ? course.Identify(it, version) : null, CancellationToken.None);
        return record.It.Card.PrivacyPolicy == version ? record.It : new StepNotPossible(record.It.SeenAt(course.Now).State);
    }
}
