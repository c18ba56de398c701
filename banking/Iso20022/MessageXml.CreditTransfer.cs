using System.Xml.Linq;

namespace Serverless.Banking.Iso20022;

public static partial class MessageXml
{
    /// <returns>The message; or, all at once, <see cref="MessageFault"/>s.</returns>
    public static Result<CreditTransferMessage> ReadCreditTransfer(string xml) => Read(xml, CreditTransferMessage.Name, "FIToFICstmrCdtTrf", root =>
    {
        GroupHeader? header = null;
        var group = root.Required("GrpHdr", reading => reading);
        var transfers = root.Many("CdtTrfTxInf", Transfer);
        root.Skip("SplmtryData");
        root.End();
        CheckMany(root, "CdtTrfTxInf", transfers.Count);
        if (group is not null)
            header = Header(group, (transfers.Count, SumOf(transfers.Select(transfer => transfer?.Amount))), counted: true);
        return header is null || transfers.Any(transfer => transfer is null) ? null : new CreditTransferMessage(header, transfers!);
    });

    /// <summary>The message as XML. What breaks a rule shows when it is read again: see <see cref="ReadCreditTransfer"/>.</summary>
    public static string Write(CreditTransferMessage message) => Write(CreditTransferMessage.Name, ns => new XElement(
        ns + "FIToFICstmrCdtTrf",
        Header(ns, message.Header, Counted(ns, message.Transfers.Select(transfer => transfer.Amount))),
        message.Transfers.Select(transfer => Transfer(ns, transfer))));

    private static CreditTransfer? Transfer(MessageReading reading)
    {
        var id = reading.Required("PmtId", ids =>
        {
            var (instruction, endToEnd, transaction) = (ids.Id("InstrId"), ids.Id("EndToEndId", required: true), ids.Id("TxId"));
            ids.Skip("UETR", "ClrSysRef");
            ids.End();
            return (Instruction: instruction, EndToEnd: endToEnd, Transaction: transaction);
        });
        reading.Skip("PmtTpInf");
        var amount = reading.Amount("IntrBkSttlmAmt", required: true);
        var date = reading.Date("IntrBkSttlmDt");
        reading.Skip("SttlmPrty", "SttlmTmIndctn", "SttlmTmReq", "AccptncDtTm", "PoolgAdjstmntDt");
        var instructed = reading.Amount("InstdAmt", required: false);
        reading.Number("XchgRate");
        var bearer = reading.Code("ChrgBr", required: true, "DEBT", "CRED", "SHAR", "SLEV");
        var charges = reading.Many("ChrgsInf", charge =>
        {
            var read = (Amount: charge.Amount("Amt", required: true), Agent: charge.Required("Agt", Agent));
            charge.End();
            return read;
        });
        reading.Skip(
            "PrvsInstgAgt1", "PrvsInstgAgt1Acct", "PrvsInstgAgt2", "PrvsInstgAgt2Acct", "PrvsInstgAgt3", "PrvsInstgAgt3Acct", "InstgAgt", "InstdAgt",
            "IntrmyAgt1", "IntrmyAgt1Acct", "IntrmyAgt2", "IntrmyAgt2Acct", "IntrmyAgt3", "IntrmyAgt3Acct", "UltmtDbtr", "InitgPty");
        var debtor = reading.Required("Dbtr", Party);
        var debtorAccount = reading.Optional("DbtrAcct", Account);
        var debtorAgent = reading.Required("DbtrAgt", Agent);
        reading.Skip("DbtrAgtAcct");
        var creditorAgent = reading.Required("CdtrAgt", Agent);
        reading.Skip("CdtrAgtAcct");
        var creditor = reading.Required("Cdtr", Party);
        var creditorAccount = reading.Optional("CdtrAcct", Account);
        reading.Skip("UltmtCdtr", "InstrForCdtrAgt", "InstrForNxtAgt");
        var purpose = reading.Optional("Purp", of =>
        {
            var code = of.Has("Prtry") ? null : of.ExternalCode("Cd", required: true);
            of.Skip("Prtry");
            of.End();
            return code;
        });
        reading.Skip("RgltryRptg", "Tax", "RltdRmtInf");
        var remittance = reading.Optional("RmtInf", info =>
        {
            var lines = new List<string>();
            while (info.Has("Ustrd"))
            {
                if (info.Text("Ustrd", 140) is { } line)
                    lines.Add(line);
            }

            info.Skip("Strd");
            info.End();
            return lines.Count == 0 ? null : lines[0];
        });
        reading.Skip("SplmtryData");
        reading.End();
        if (amount is null || bearer is null || id.EndToEnd is null || debtor is null || debtorAgent is null || creditorAgent is null || creditor is null
            || charges.Any(charge => charge.Amount is null || charge.Agent is null))
        {
            return null;
        }

        return new CreditTransfer(
            id.Instruction, id.EndToEnd, id.Transaction, amount, date, instructed, Enum.Parse<ChargeBearer>(bearer, ignoreCase: true),
            [.. charges.Select(charge => (charge.Amount!, charge.Agent!))], debtor, debtorAccount, debtorAgent, creditorAgent, creditor, creditorAccount, purpose, remittance);
    }

    private static XElement Transfer(XNamespace ns, CreditTransfer transfer) => new(
        ns + "CdtTrfTxInf",
        new XElement(
            ns + "PmtId", Text(ns, "InstrId", transfer.InstructionId), Text(ns, "EndToEndId", transfer.EndToEndId), Text(ns, "TxId", transfer.TransactionId)),
        Amount(ns, "IntrBkSttlmAmt", transfer.Amount),
        Date(ns, "IntrBkSttlmDt", transfer.SettlementDate),
        transfer.Instructed is null ? null : Amount(ns, "InstdAmt", transfer.Instructed),
        new XElement(ns + "ChrgBr", transfer.ChargeBearer.ToString().ToUpperInvariant()),
        transfer.Charges.Select(charge => new XElement(ns + "ChrgsInf", Amount(ns, "Amt", charge.Amount), Agent(ns, "Agt", charge.Agent))),
        Party(ns, "Dbtr", transfer.Debtor),
        Account(ns, "DbtrAcct", transfer.DebtorAccount),
        Agent(ns, "DbtrAgt", transfer.DebtorAgent),
        Agent(ns, "CdtrAgt", transfer.CreditorAgent),
        Party(ns, "Cdtr", transfer.Creditor),
        Account(ns, "CdtrAcct", transfer.CreditorAccount),
        transfer.Purpose is null ? null : new XElement(ns + "Purp", new XElement(ns + "Cd", transfer.Purpose)),
        transfer.Remittance is null ? null : new XElement(ns + "RmtInf", new XElement(ns + "Ustrd", transfer.Remittance)));

    private static void CheckMany(MessageReading root, string name, int count)
    {
        if (count == 0)
            root.Fault(MessageRules.Missing, root.Below(name));
        if (count > MostTransactions)
            root.Fault(MessageRules.TooLarge, root.Below(name));
    }

    /// <summary>Null when an amount could not be read: its own fault says so.</summary>
    private static decimal? SumOf(IEnumerable<Money?> amounts)
    {
        decimal sum = 0;
        foreach (var amount in amounts)
        {
            if (amount is null)
                return null;
            sum += MessageAmounts.Number(amount);
        }

        return sum;
    }
}
