using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Tests.Notifications;

public sealed class NoticeTextsTests
{
    /// <summary>The facts of every kind, as its documentation in <see cref="NoticeKind"/> names them.</summary>
    private static readonly Dictionary<NoticeKind, string> Facts = new()
    {
        [NoticeKind.NewInvoice] = "company contract amount invoiceDate",
        [NoticeKind.InvoiceReminder] = "company contract amount invoiceNumber",
        [NoticeKind.InvoicePaid] = "company contract invoiceNumber amount date account",
        [NoticeKind.AutomaticPaymentRetried] = "company contract invoiceNumber amount reason",
        [NoticeKind.AutomaticPaymentFailed] = "company contract invoiceNumber amount reason",
        [NoticeKind.InvoiceAboveMaximum] = "company contract invoiceNumber amount maximum",
        [NoticeKind.CompanyUnreachable] = "company contract",
        [NoticeKind.PaymentReturned] = "company invoiceNumber amount",
        [NoticeKind.MoneyRequested] = "name amount",
        [NoticeKind.MoneyRequestReminder] = "name amount",
        [NoticeKind.MoneyRequestPaid] = "name amount",
        [NoticeKind.MoneyRequestDeclined] = "name amount",
        [NoticeKind.MoneyRequestWithdrawn] = "name amount",
        [NoticeKind.MoneyRequestExpired] = "name amount",
        [NoticeKind.PeriodicTransferMade] = "name amount date",
        [NoticeKind.PeriodicTransferRetried] = "name amount time reason",
        [NoticeKind.PeriodicTransferMissed] = "name amount date reason",
        [NoticeKind.BudgetNearlyUsed] = "spent budget",
        [NoticeKind.BudgetUsedUp] = "spent budget",
        [NoticeKind.PlannedExpense] = "what amount date",
        [NoticeKind.TransferReceived] = "name amount",
        [NoticeKind.TransferMessage] = "amount",
        [NoticeKind.PensionApplicationSubmitted] = "plan",
        [NoticeKind.PensionClientContacted] = "plan",
        [NoticeKind.PensionFundActive] = "plan",
        [NoticeKind.PensionApplicationCancelled] = "plan",
        [NoticeKind.PensionApplicationReminder] = "plan date",
        [NoticeKind.PensionContactOverdue] = "number company date",
        [NoticeKind.FundContributionCollected] = "amount date plan",
        [NoticeKind.FundContributionRetried] = "amount date reason",
        [NoticeKind.FundContributionSkipped] = "amount date reason",
        [NoticeKind.FundAuthorisationSuspended] = "plan",
        [NoticeKind.PensionContributionPaid] = "amount name date",
        [NoticeKind.PensionContributionReturned] = "amount name date",
        [NoticeKind.IncomingTransfer] = "amount name",
        [NoticeKind.TransferSettled] = "amount name",
        [NoticeKind.TransferRejected] = "amount name",
        [NoticeKind.TransferReturned] = "amount name",
        [NoticeKind.RemittanceCredited] = "amount",
        [NoticeKind.PolicyIssued] = "insurer amount",
        [NoticeKind.PolicyOriginalFollows] = "insurer amount",
        [NoticeKind.PolicyNotIssued] = "insurer amount",
        [NoticeKind.StatementReady] = "from to",
        [NoticeKind.StatementByEmail] = "from to",
        [NoticeKind.PeriodicStatement] = "from to",
        [NoticeKind.LoginCode] = "code",
        [NoticeKind.RegistrationCode] = "code",
        [NoticeKind.RecoveryCode] = "code",
        [NoticeKind.PaymentCode] = "code amount payee",
        [NoticeKind.SecurityCode] = "code",
        [NoticeKind.ContactCode] = "code",
        [NoticeKind.PasswordChanged] = "date",
        [NoticeKind.RegistrationCompleted] = "date",
        [NoticeKind.DeviceTrusted] = "device",
        [NoticeKind.DeviceTrustRemoved] = "device",
        [NoticeKind.DeviceTrustDormant] = "device",
        [NoticeKind.DeviceCutOff] = "device",
        [NoticeKind.BiometricsOn] = "device",
        [NoticeKind.BiometricsOff] = "device",
        [NoticeKind.SmartOtpOn] = "device",
        [NoticeKind.SmartOtpOff] = "device",
        [NoticeKind.SoftPinOn] = "device",
        [NoticeKind.SoftPinOff] = "device",
        [NoticeKind.ChannelBlocked] = "date",
        [NoticeKind.RequestReceived] = "number",
        [NoticeKind.RequestAnswered] = "number",
        [NoticeKind.RequestEscalated] = "number date",
        [NoticeKind.PurchaseToApprove] = "merchant amount card",
        [NoticeKind.DocumentToApprove] = "document",
        [NoticeKind.CardReady] = "branch card",
        [NoticeKind.EmailCode] = "minutes code",
        [NoticeKind.EmailChanged] = "email",
        [NoticeKind.AddressChanged] = "",
        [NoticeKind.EKlikActivationCode] = "code user days",
        [NoticeKind.EKlikResetLink] = "user link minutes",
        [NoticeKind.EKlikPasswordSet] = "user date",
        [NoticeKind.EKlikBlocked] = "user date",
        [NoticeKind.EKlikTokenChanged] = "user date",
        [NoticeKind.BankerContactRequested] = "name customer phone text",
        [NoticeKind.CancellationRequested] = "number customer why",
        [NoticeKind.DepositMaturityReminder] = "contract amount date",
        [NoticeKind.DepositRenewed] = "contract amount rate date",
        [NoticeKind.DepositPaidOut] = "contract amount",
        [NoticeKind.DepositInterestPaid] = "contract amount",
        [NoticeKind.DepositPaymentWaiting] = "contract",
        [NoticeKind.DepositPaymentToDesk] = "contract customer",
        [NoticeKind.CancellationDone] = "number",
        [NoticeKind.CancellationRefused] = "number",
        [NoticeKind.ContractCode] = "number code",
        [NoticeKind.OnboardingReminder] = "date",
        [NoticeKind.OnboardingContinues] = "date",
        [NoticeKind.OnboardingRefused] = "",
        [NoticeKind.OnboardingExpired] = "",
        [NoticeKind.OnboardingCompleted] = "",
        [NoticeKind.OnboardingEscalated] = "number date",
        [NoticeKind.FxRatesMissing] = "date",
        [NoticeKind.FxRequestWaiting] = "number amount time",
        [NoticeKind.FxRateConfirmed] = "amount rate time",
        [NoticeKind.FxRateRejected] = "amount",
        [NoticeKind.FxRateReminder] = "amount rate time",
        [NoticeKind.FxRateExpired] = "amount",
        [NoticeKind.ApplicationSubmitted] = "product",
        [NoticeKind.ApplicationApproved] = "product limit",
        [NoticeKind.ApplicationLimitOffered] = "product limit",
        [NoticeKind.ApplicationDeclined] = "product",
        [NoticeKind.ApplicationWithdrawn] = "product",
        [NoticeKind.ApplicationExpired] = "product",
        [NoticeKind.ApplicationReminder] = "product date",
        [NoticeKind.ApplicationReviewWaiting] = "number date",
        [NoticeKind.OverdraftActive] = "limit",
        [NoticeKind.ApplicationToBranch] = "product",
        [NoticeKind.CardOrdered] = "branch",
        [NoticeKind.CardUncollected] = "branch",
        [NoticeKind.CardOrderTrouble] = "number",
        [NoticeKind.NewsletterConfirmation] = "link unsubscribe",
        [NoticeKind.Newsletter] = "title text unsubscribe",
    };

    private readonly NoticeTexts texts = new();

    public static TheoryData<NoticeKind, Language> KindsAndLanguages()
    {
        var all = new TheoryData<NoticeKind, Language>();
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            foreach (var language in Enum.GetValues<Language>())
                all.Add(kind, language);
        }

        return all;
    }

    [Theory, MemberData(nameof(KindsAndLanguages))]
    public void Every_kind_is_told_in_every_language_with_all_its_facts_and_no_others(NoticeKind kind, Language language)
    {
        var facts = FactsOf(kind);

        var (title, text) = texts.Write(kind, language, facts);

        Assert.All(facts.Where(fact => fact.Key != "reason"), fact => Assert.Contains(fact.Value, $"{title} {text}", StringComparison.Ordinal));
        Assert.DoesNotMatch("[{}]", $"{title} {text}");
        Assert.InRange(title.Length, 1, 200);
    }

    [Theory, MemberData(nameof(KindsAndLanguages))]
    public void Braces_in_a_fact_are_told_as_they_are(NoticeKind kind, Language language)
    {
        foreach (var name in FactsOf(kind).Keys.Where(name => name != "reason"))
        {
            var (title, text) = texts.Write(kind, language, new Dictionary<string, string>(FactsOf(kind)) { [name] = "{amount} {unknown} }{ {" });

            Assert.Contains("{amount} {unknown} }{ {", $"{title} {text}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("insufficient_funds", Language.English, "(not enough money on the account)")]
    [InlineData("insufficient_funds", Language.Albanian, "(nuk ka para të mjaftueshme në llogari)")]
    [InlineData("a_code_of_next_year", Language.English, "(it was refused)")]
    [InlineData("a_code_of_next_year", Language.Albanian, "(ajo u refuzua)")]
    public void A_reason_is_told_in_words_and_never_as_a_code(string reason, Language language, string expected)
    {
        var facts = FactsOf(NoticeKind.AutomaticPaymentFailed);
        facts["reason"] = reason;

        Assert.Contains(expected, texts.Write(NoticeKind.AutomaticPaymentFailed, language, facts).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(KindsAndLanguages))]
    public void A_fact_that_is_missing_is_a_bug_and_not_a_hole_in_the_text(NoticeKind kind, Language language)
    {
        foreach (var name in FactsOf(kind).Keys)
        {
            var facts = FactsOf(kind);
            facts.Remove(name);
            Assert.Throws<KeyNotFoundException>(() => texts.Write(kind, language, facts));
        }
    }

    private static Dictionary<string, string> FactsOf(NoticeKind kind) => Facts[kind].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(name => name, name => $"<{name}>");
}
